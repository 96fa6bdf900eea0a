//! Who reports on which classes.

use wuzha_core::overview::Figures;
use wuzha_core::report::{Author, Reporter};

use super::classes;

fn held(reporter: &Reporter) -> Vec<String> {
    let classes = classes();
    let own = classes.iter().filter(|figures| reporter.holds(figures));
    own.map(|figures: &Figures| figures.class.clone()).collect()
}

#[test]
fn a_department_reports_on_the_classes_that_name_it_and_nobody_elses() {
    let of = |name: &str| Reporter::Department(Some(name.to_owned()));
    assert_eq!(held(&of("软件系")), ["软件2101班", "软件2102班"]);
    assert_eq!(held(&of("会计系")), ["会计2101班"]);
    assert!(held(&of("软件")).is_empty(), "a part of a name is none");
    assert_eq!(of("软件系").author(), Author::Department);
}

#[test]
fn who_names_no_department_reports_on_all_that_are_there() {
    for (reporter, author) in [
        (Reporter::Teacher, Author::Teacher),
        (Reporter::Department(None), Author::Department),
        (Reporter::SecurityOffice, Author::SecurityOffice),
    ] {
        assert_eq!(held(&reporter).len(), classes().len(), "{reporter:?}");
        assert_eq!(reporter.author(), author);
    }
}
