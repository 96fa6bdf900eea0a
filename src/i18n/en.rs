use super::{Download, Help, Home, NotFound, Step, Texts};

pub(super) static TEXTS: Texts = Texts {
    app_name: "Wuzha",
    back: "Back",
    other_language: "中文",
    update_waiting: "A new version is available",
    update_now: "Update",
    home: Home {
        title: "Keep fraud out, starting here",
        lead: "No account needed. Opens without a network.",
        choices: "Please choose",
        help: "Stop the payment, call the police: the first minutes",
        download: "Install it from an app store and register",
    },
    help: Help {
        title: "Defrauded? Do this",
        first: "Stop transferring. Call 110",
        lead: "Hang up, end screen sharing, and break off all contact.",
        police: "Money is gone: call the police now and ask for an emergency stop",
        advice: "Not sure whether it is fraud: ask the anti-fraud centre",
        then: "Then",
        steps: &[
            Step {
                title: "Have this ready",
                text: "Your name, account and bank, the exact amount and time, the other side's account, receipts and chats.",
            },
            Step {
                title: "Lock your own card",
                text: "If a code or password may have leaked, call your bank and have your card blocked.",
            },
            Step {
                title: "Go to the police station, tell your counsellor",
                text: "Bring the evidence. The earlier you tell, the better. It is not your fault.",
            },
            Step {
                title: "Beware of the second fraud",
                text: "Whoever promises to recover the money for a fee is a fraudster. Do not transfer another cent.",
            },
        ],
        nothing_collected: "This page collects nothing.",
    },
    download: Download {
        title: "Install the 国家反诈中心 app",
        region: "Ask which region your school requires before you register. It may not be changeable later (to be confirmed by the school).",
        steps: &[
            Step {
                title: "From an app store only",
                text: "Open your phone's own app store and search for 国家反诈中心.",
            },
            Step {
                title: "Check the developer",
                text: "It must be 公安部刑事侦查局. If not, do not install.",
            },
            Step {
                title: "Register, with the right region",
                text: "Installing is not enough. Register with your own number and the region your school names.",
            },
            Step {
                title: "Turn on call and SMS warnings",
                text: "Grant the permissions it asks for, or it cannot warn you.",
            },
        ],
        open_store: "Open the app store",
        confirm: "Have the security office confirm a download code before you scan it.",
    },
    not_found: NotFound {
        title: "No such page",
        text: "The address may be mistyped. Your data is not affected.",
        home: "To the first screen",
    },
};
