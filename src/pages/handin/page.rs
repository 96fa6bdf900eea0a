use leptos::prelude::*;

use super::export::{self, Export, LastBackup, Sheet};
use super::job::{Job, JobView, Way, sheet_label};
use super::school::SchoolView;
use super::show::Codes;
use crate::app::texts;
use crate::browser::{clock, platform};
use crate::components::{PassphraseField, is_short};
use crate::school::School;
use crate::shell::{Screen, Tab};
use crate::store::Store;

/// 上交: what is only on this phone, and how it leaves it.
#[component]
pub(crate) fn HandIn() -> impl IntoView {
    let job = Job::new();
    move || match job.shown() {
        Some(shown) => view! { <Codes job shown/> }.into_any(),
        None => view! { <Ways job/> }.into_any(),
    }
}

#[component]
fn Ways(job: Job) -> impl IntoView {
    view! {
        <Screen title=texts().hand_in().title tab=Tab::HandIn class="stack">
            {platform::in_wechat().then(|| view! {
                <div class="banner banner_info"><p>{texts().hand_in().in_wechat}</p></div>
            })}
            <SchoolView/>
            <HandOver job/>
            <DataHere job/>
            <Files job/>
            <Backup job/>
        </Screen>
    }
}

/// 存成上交文件: for a phone that a school has invited and no network reaches.
#[component]
fn HandOver(job: Job) -> impl IntoView {
    let school = expect_context::<School>();
    move || {
        school.hands_in().then(|| {
            view! {
                <section class="card stack">
                    <p class="small">{texts().school().hand_over_text}</p>
                    <button
                        class="btn btn_default btn_block"
                        disabled=move || job.is_running()
                        on:click=move |_| job.start(Export::HandOver, Way::File)
                    >
                        {texts().school().hand_over}
                    </button>
                    <p class="small">{texts().face_to_face().show_text}</p>
                    <button
                        class="btn btn_default btn_block"
                        disabled=move || job.is_running()
                        on:click=move |_| job.start(Export::HandOver, Way::Codes)
                    >
                        {texts().face_to_face().title}
                    </button>
                </section>
                <JobView job about=|export| export == Export::HandOver/>
            }
        })
    }
}

/// 现在的数据.
#[component]
fn DataHere(job: Job) -> impl IntoView {
    let store = expect_context::<Store>();
    let school = expect_context::<School>();
    let records = move || match school.is_invited() {
        true => (texts().hand_in().records_here)(store.records()),
        false => (texts().hand_in().records)(store.records()),
    };
    let last = move || {
        job.track();
        let texts = texts().hand_in();
        match export::last_backup(store) {
            Some(LastBackup { at, since }) => {
                (texts.last_backup)(&at.to_minute_text(clock::offset()), since)
            }
            None if school.is_invited() => texts.never_backed_up_invited.to_owned(),
            None => texts.never_backed_up.to_owned(),
        }
    };
    view! {
        <section>
            <h2 class="section-title">{texts().hand_in().data}</h2>
            <div class="card">
                <p class="strong num">{records}</p>
                <p class="muted small num">{last}</p>
            </div>
        </section>
    }
}

/// 导出文件.
#[component]
fn Files(job: Job) -> impl IntoView {
    let sheet = RwSignal::new(Sheet::Students);
    let options = Sheet::ALL.map(|each| {
        view! {
            <option value=each.name() selected=each == Sheet::Students>
                {move || sheet_label(each)}
            </option>
        }
    });
    let choose = move |event| {
        let name = event_target_value(&event);
        if let Some(chosen) = Sheet::ALL.into_iter().find(|each| each.name() == name) {
            sheet.set(chosen);
        }
    };
    view! {
        <section>
            <h2 class="section-title">{texts().hand_in().files}</h2>
            <div class="banner banner_warn"><p>{texts().hand_in().personal_data}</p></div>
            <div class="card stack">
                <p class="small">{texts().hand_in().workbook_text}</p>
                <button
                    class="btn btn_primary btn_block"
                    disabled=move || job.is_running()
                    on:click=move |_| job.start(Export::Workbook, Way::File)
                >
                    {texts().hand_in().workbook}
                </button>
            </div>
            <JobView job about=|export| export == Export::Workbook/>
            <div class="card stack">
                <label class="field">
                    <span class="field__label">{texts().hand_in().sheet}</span>
                    <select class="field__input" on:change=choose>
                        {options.into_iter().collect_view()}
                    </select>
                </label>
                <button
                    class="btn btn_default btn_block"
                    disabled=move || job.is_running()
                    on:click=move |_| job.start(Export::Csv(sheet.get_untracked()), Way::File)
                >
                    {texts().hand_in().csv}
                </button>
            </div>
            <JobView job about=|export| matches!(export, Export::Csv(_))/>
        </section>
    }
}

/// 备份 and 恢复.
#[component]
fn Backup(job: Job) -> impl IntoView {
    view! {
        <section>
            <h2 class="section-title">{texts().hand_in().backup_and_restore}</h2>
            <div class="card stack">
                <p class="small">{texts().hand_in().backup_text}</p>
                <p class="small warn">{texts().hand_in().backup_for_whom}</p>
                <button
                    class="btn btn_default btn_block"
                    disabled=move || job.is_running()
                    on:click=move |_| job.start(Export::Backup, Way::File)
                >
                    {texts().hand_in().backup}
                </button>
            </div>
            <JobView job about=|export| export == Export::Backup/>
            <SealedBackup job/>
            <JobView job about=|export| export == Export::SealedBackup/>
            <nav class="cells" aria-label=texts().hand_in().restore>
                <a class="cell cell_access" href="/restore">
                    <span class="cell__bd">
                        {texts().hand_in().restore}
                        <span class="cell__desc">{texts().hand_in().restore_text}</span>
                    </span>
                </a>
            </nav>
        </section>
    }
}

/// 加密备份: as a file, and as codes for a teacher whom no key reaches yet.
#[component]
fn SealedBackup(job: Job) -> impl IntoView {
    let school = expect_context::<School>();
    let is_waiting = move || job.is_running() || is_short(job.passphrase);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        job.start(Export::SealedBackup, Way::File);
    };
    view! {
        <form class="card stack" on:submit=submit>
            <p class="small">{texts().hand_in().sealed_text}</p>
            <PassphraseField
                label=texts().common().passphrase
                hint=texts().common().passphrase_hint
                passphrase=job.passphrase
                autocomplete="new-password"
            />
            <button class="btn btn_default btn_block" disabled=is_waiting>
                {texts().hand_in().sealed_backup}
            </button>
            // Who was invited shows what opens without a passphrase.
            {move || (!school.hands_in()).then(|| view! {
                <p class="small">{texts().face_to_face().show_sealed_text}</p>
                <button
                    type="button"
                    class="btn btn_default btn_block"
                    disabled=is_waiting
                    on:click=move |_| job.start(Export::SealedBackup, Way::Codes)
                >
                    {texts().face_to_face().title}
                </button>
            })}
        </form>
    }
}
