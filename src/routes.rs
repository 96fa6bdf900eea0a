//! Which address shows which screen.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};

use crate::browser::boot;
use crate::pages::{
    DeskPage, DownloadPage, HandInPage, NotFound, Page, QuizPage, RecordPage, SettingsPage,
    StartPage,
};

/// All screens of the app by their addresses; where two fit, the first one counts.
#[component]
pub(crate) fn Screens() -> impl IntoView {
    view! {
        <FlatRoutes fallback=not_found>
            <Route path=Address("/") view=Page::Today/>
            <Route path=Address("/class/new") view=Page::Start(StartPage::NewClass)/>
            <Route path=Address("/import") view=Page::Start(StartPage::Import)/>
            <Route path=Address("/record/students") view=Page::Record(RecordPage::Students)/>
            <Route path=Address("/record/students/new") view=Page::Record(RecordPage::AddStudent)/>
            <Route path=Address("/record/dorms") view=Page::Record(RecordPage::Dorms)/>
            <Route path=Address("/record/dorms/:name") view=Page::Record(RecordPage::Dorm)/>
            <Route path=Address("/record/class") view=Page::Record(RecordPage::Class)/>
            <Route path=Address("/conflicts") view=Page::Settings(SettingsPage::Conflicts)/>
            <Route path=Address("/quiz") view=Page::Quiz(QuizPage::List)/>
            <Route path=Address("/quiz/new") view=Page::Quiz(QuizPage::New)/>
            <Route path=Address("/quiz/:id") view=Page::Quiz(QuizPage::Results)/>
            <Route path=Address("/quiz/:id/kiosk") view=Page::Quiz(QuizPage::Kiosk)/>
            <Route path=Address("/quiz/:id/analysis") view=Page::Quiz(QuizPage::Analysis)/>
            <Route path=Address("/handin") view=Page::HandIn(HandInPage::HandIn)/>
            <Route path=Address("/join") view=Page::HandIn(HandInPage::Join)/>
            <Route path=Address("/restore") view=Page::HandIn(HandInPage::Restore)/>
            <Route path=Address("/settings") view=Page::Settings(SettingsPage::Settings)/>
            <Route path=Address("/school") view=Page::Settings(SettingsPage::SchoolPack)/>
            <Route path=Address("/school/edit") view=Page::Desk(DeskPage::EditPack)/>
            <Route path=Address("/overview") view=Page::Desk(DeskPage::Overview)/>
            <Route path=Address("/report") view=Page::Desk(DeskPage::Report)/>
            <Route path=Address("/awards") view=Page::Desk(DeskPage::Awards)/>
            <Route path=Address("/awards/:id") view=Page::Desk(DeskPage::Round)/>
            <Route path=Address("/awards/:id/certificates") view=Page::Desk(DeskPage::Certificates)/>
            <Route path=Address("/overview/:id") view=Page::Desk(DeskPage::Book)/>
            <Route path=Address("/desk") view=Page::Desk(DeskPage::Classes)/>
            <Route path=Address("/desk/:id") view=Page::Desk(DeskPage::Class)/>
            <Route path=Address("/invitations") view=Page::Desk(DeskPage::Issued)/>
            <Route path=Address("/keys") view=Page::Desk(DeskPage::RestoreKeys)/>
            <Route path=Address("/cases") view=Page::Desk(DeskPage::Cases)/>
            <Route path=Address("/privacy") view=Page::Desk(DeskPage::Privacy)/>
            <Route path=Address("/teacher") view=Page::Start(StartPage::Teacher)/>
            <Route path=Address("/help") view=Page::Help/>
            <Route path=Address("/download") view=Page::Download(DownloadPage::Download)/>
            <Route path=Address("/download/code") view=Page::Download(DownloadPage::ChangeCode)/>
            <Route path=Address("/bulletin") view=Page::Desk(DeskPage::Bulletin)/>
        </FlatRoutes>
    }
}

fn not_found() -> AnyView {
    boot::say_ready();
    view! { <NotFound/> }.into_any()
}

/// An address as a route names it: `/quiz/:id/kiosk`.
///
/// One type for all of them. `path!` makes a type of each shape, and the router a copy of its code for
/// each of those, which is 20 KB of wasm.
#[derive(Clone, Copy)]
struct Address(&'static str);

impl PossibleRouteMatch for Address {
    fn optional(&self) -> bool {
        false
    }

    /// Fits only as a whole: no screen of ours stands within another.
    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let mut params = Vec::new();
        let (mut wanted, mut given) = (segments(self.0), segments(path));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return Some(PartialPathMatch::new("", params, path)),
                (Some(wanted), Some(given)) => match wanted.strip_prefix(':') {
                    Some(name) => params.push((name.into(), given.to_owned())),
                    None if wanted == given => {}
                    None => return None,
                },
                _ => return None,
            }
        }
    }

    /// Asked for by servers that draw pages; ours does not.
    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.push(PathSegment::Static(self.0.into()));
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}
