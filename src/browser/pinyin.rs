//! Pinyin initials from the browser's own collation of Chinese; no table of characters is shipped.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Function, Intl, JsString, Object};
use wasm_bindgen::JsValue;

/// For each initial, the first common character of the pinyin order. No syllable begins with i, u, v.
const FIRST: [(char, &str); 23] = [
    ('a', "阿"),
    ('b', "八"),
    ('c', "嚓"),
    ('d', "哒"),
    ('e', "妸"),
    ('f', "发"),
    ('g', "旮"),
    ('h', "哈"),
    ('j', "讥"),
    ('k', "咔"),
    ('l', "垃"),
    ('m', "妈"),
    ('n', "拏"),
    ('o', "噢"),
    ('p', "妑"),
    ('q', "七"),
    ('r', "呥"),
    ('s', "仨"),
    ('t', "他"),
    ('w', "屲"),
    ('x', "夕"),
    ('y', "丫"),
    ('z', "帀"),
];

/// What tells a browser that sorts by pinyin from one that sorts by strokes or code points.
const PROBES: [(char, char); 4] = [('张', 'z'), ('李', 'l'), ('任', 'r'), ('安', 'a')];

thread_local! {
    static INITIALS: RefCell<Initials> = RefCell::new(Initials::new());
}

/// The pinyin initials of a name in lower case: `"张三"` → `"zs"`, `"Li Ming"` → `"lm"`. Of a surname
/// with several readings it is the most common one as a word (曾 → `c`). Characters without a known
/// initial are left out, and all Chinese ones are where the browser does not sort by pinyin.
pub(crate) fn initials(name: &str) -> String {
    INITIALS.with_borrow_mut(|initials| initials.of(name))
}

struct Initials {
    /// `None` where the browser does not sort by pinyin.
    order: Option<Order>,
    known: HashMap<String, String>,
}

impl Initials {
    fn new() -> Self {
        let order = Order::new();
        let sorts = |&(c, initial)| order.initial(c) == Some(initial);
        let by_pinyin = PROBES.iter().all(sorts);
        Self {
            order: by_pinyin.then_some(order),
            known: HashMap::new(),
        }
    }

    fn of(&mut self, name: &str) -> String {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let initials = self.read(name);
        self.known.insert(name.to_owned(), initials.clone());
        initials
    }

    fn read(&self, name: &str) -> String {
        let mut in_word = false;
        let mut initials = String::new();
        for c in name.chars() {
            if c.is_ascii_alphabetic() {
                if !in_word {
                    initials.push(c.to_ascii_lowercase());
                }
            } else if let Some(order) = &self.order {
                initials.extend(order.initial(c));
            }
            in_word = c.is_ascii_alphabetic();
        }
        initials
    }
}

/// The browser's order of Chinese characters.
struct Order(Function);

impl Order {
    fn new() -> Self {
        let locales = Array::of1(&JsValue::from_str("zh-CN-u-co-pinyin"));
        Self(Intl::Collator::new(&locales, &Object::new()).compare())
    }

    /// The initial under which the character stands; `None` for what is no Chinese character.
    fn initial(&self, c: char) -> Option<char> {
        if !wuzha_core::text::is_han(c) {
            return None;
        }
        let c = JsString::from(c.to_string());
        let after = FIRST.partition_point(|(_, first)| self.is_at_most(first, &c));
        // What stands before 阿 reads a as well (吖, 锕).
        let (initial, _) = FIRST.get(after.saturating_sub(1))?;
        Some(*initial)
    }

    /// Whether `first` stands before `c` or is it.
    fn is_at_most(&self, first: &str, c: &JsString) -> bool {
        let compared = self.0.call2(&JsValue::NULL, &JsValue::from_str(first), c);
        // Comparing two texts does not throw; if it did, the probes would find no pinyin.
        compared
            .ok()
            .and_then(|order| order.as_f64())
            .is_some_and(|order| order <= 0.0)
    }
}
