use leptos::prelude::*;
use wuzha_core::pack::{School, SchoolTextError};

use super::{Draft, Section};
use crate::app::texts;

/// Name, region and contacts. Each is kept when its field is left, where it can be what it should be.
#[component]
pub(super) fn SchoolFields(draft: Draft) -> impl IntoView {
    let packs = texts().packs();
    view! {
        <Section title=packs.school>
            <Field draft label=packs.name read=|school| text(school.name.as_ref()) write=|school, raw| set(&mut school.name, raw)/>
            <Field draft label=packs.region read=|school| text(school.region.as_ref()) write=|school, raw| set(&mut school.region, raw)/>
            <p class="field__hint">{packs.region_hint}</p>
            <p class="field__hint">{packs.contacts_hint}</p>
            <div class="fields">
                <Field draft label=packs.office read=|school| text(school.contacts.office.as_ref()) write=|school, raw| set(&mut school.contacts.office, raw)/>
                <Field draft label=packs.officer read=|school| text(school.contacts.officer.as_ref()) write=|school, raw| set(&mut school.contacts.officer, raw)/>
                <Field draft label=packs.phone read=|school| text(school.contacts.phone.as_ref()) write=|school, raw| set(&mut school.contacts.phone, raw)/>
                <Field draft label=packs.mail read=|school| text(school.contacts.mail.as_ref()) write=|school, raw| set(&mut school.contacts.mail, raw)/>
            </div>
        </Section>
    }
}

#[component]
pub(super) fn Field(
    draft: Draft,
    label: &'static str,
    read: fn(&School) -> String,
    write: fn(&mut School, String) -> Result<(), SchoolTextError>,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let shown = draft.pack.with_untracked(|pack| read(&pack.school));
    let keep = move |event| {
        let raw = event_target_value(&event);
        let mut school = draft.pack.with_untracked(|pack| pack.school.clone());
        match write(&mut school, raw) {
            Ok(()) => {
                trouble.set(None);
                draft.edit(|pack| pack.school = school);
            }
            Err(error) => trouble.set(Some((texts().packs().bad_text)(error))),
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input class="field__input" autocomplete="off" prop:value=shown on:change=keep/>
            {move || trouble.get().map(|text| view! { <span class="field__hint warn" role="alert">{text}</span> })}
        </label>
    }
}

fn text<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// An empty field says nothing.
fn set<T>(value: &mut Option<T>, raw: String) -> Result<(), SchoolTextError>
where
    T: TryFrom<String, Error = SchoolTextError>,
{
    *value = match raw.trim().is_empty() {
        true => None,
        false => Some(T::try_from(raw)?),
    };
    Ok(())
}
