use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::link::judge_link;
use wuzha_core::pack::{DownloadCode, Label};

use super::school::Field;
use super::{Draft, Section};
use crate::app::texts;
use crate::browser::save;
use crate::codes;

/// The school's download code: read from a picture on this device, its domain shown before it is used.
#[component]
pub(super) fn DownloadCodeFields(draft: Draft) -> impl IntoView {
    let packs = texts().packs();
    // A link that was read, and is not the school's yet.
    let found = RwSignal::new(None::<String>);
    let has_none = RwSignal::new(false);
    let choose = move |event| {
        let Some(file) = save::chosen(&event_target(&event)) else {
            return;
        };
        spawn_local(async move {
            let read = codes::read(&file).await;
            let link = read.ok().flatten().and_then(|text| judge_link(&text).ok());
            has_none.try_set(link.is_none());
            let _left_meanwhile = found.try_set(link.map(|link| link.text));
        });
    };
    let current = move || {
        draft.pack.with(|pack| {
            let code = pack.school.download_code.as_ref();
            code.map(|code| (packs.code_domain)(&code.link().domain))
        })
    };
    view! {
        <Section title=packs.code>
            <p class="muted small">{packs.code_hint}</p>
            {move || current().map(|text| view! { <p class="strong wrap-anywhere">{text}</p> })}
            <label class="upload">
                <input type="file" class="sr-only" accept="image/*" on:change=choose/>
                <span class="strong">{packs.code_picture}</span>
            </label>
            <div aria-live="polite">
                {move || has_none.get().then(|| view! { <p class="warn small">{packs.no_code}</p> })}
                {move || found.get().map(|link| view! { <Judge draft link found/> })}
            </div>
            <Field
                draft
                label=packs.code_link
                read=|school| school.download_code.as_ref().map(|code| code.link().text.clone()).unwrap_or_default()
                write=|school, raw| {
                    let name = school.download_code.as_ref().and_then(|code| code.name().cloned());
                    school.download_code = match raw.trim().is_empty() {
                        true => None,
                        false => Some(DownloadCode::new(&raw, name)?),
                    };
                    Ok(())
                }
            />
            <Field
                draft
                label=packs.code_name
                read=|school| {
                    let name = school.download_code.as_ref().and_then(DownloadCode::name);
                    name.map(ToString::to_string).unwrap_or_default()
                }
                write=|school, raw| {
                    if let Some(code) = &school.download_code {
                        let name = match raw.trim().is_empty() {
                            true => None,
                            false => Some(Label::try_from(raw)?),
                        };
                        school.download_code = Some(DownloadCode::new(&code.link().text, name)?);
                    }
                    Ok(())
                }
            />
        </Section>
    }
}

/// Where it leads and what speaks against it, before it is used.
#[component]
fn Judge(draft: Draft, link: String, found: RwSignal<Option<String>>) -> impl IntoView {
    let judged = judge_link(&link).ok();
    let domain = judged
        .as_ref()
        .map(|link| link.domain.clone())
        .unwrap_or_default();
    let warnings = judged
        .map(|link| link.warnings)
        .unwrap_or_default()
        .into_iter();
    let warnings = warnings.map(|warning| {
        view! {
            <div class="banner banner_warn"><p>{(texts().download().change.warning)(warning)}</p></div>
        }
    });
    let adopt = move |_| {
        let name = draft.pack.with_untracked(|pack| {
            let code = pack.school.download_code.as_ref();
            code.and_then(|code| code.name().cloned())
        });
        if let Ok(code) = DownloadCode::new(&link, name) {
            draft.edit(|pack| pack.school.download_code = Some(code));
            found.set(None);
        }
    };
    view! {
        <p class="strong wrap-anywhere">{(texts().packs().code_domain)(&domain)}</p>
        {warnings.collect_view()}
        <button class="btn btn_primary btn_block" on:click=adopt>{texts().download().change.adopt}</button>
    }
}
