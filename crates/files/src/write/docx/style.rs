//! How paragraphs look. Each kind is a named style, so that who goes on writing in the file finds it.

use super::package::NAMESPACES;

/// For Latin letters and digits everywhere.
const LATIN: &str = "Times New Roman";
/// 三号, in half points.
const BODY_SIZE: u32 = 32;
/// 28 points between lines, 22 lines a page; in twentieths of a point.
const LINE: u32 = 560;

/// The kinds of paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The unit's name and the title.
    Title,
    /// The period below it.
    Subtitle,
    /// 一、
    Chapter,
    /// （一）
    Part,
    /// Running text.
    Body,
    /// The name above a table.
    Caption,
    /// A heading in a table.
    TableHeading,
    /// A cell of a table.
    TableText,
    /// The space below a table.
    Gap,
    /// 附件：… before the signature.
    Enclosed,
    /// 落款
    Signature,
    /// The date below it.
    Date,
    /// 附件 at the top of the attachment's page.
    Mark,
    /// What the attachment is called.
    AttachmentTitle,
    /// Until when it counts.
    Note,
    /// The page number.
    Footer,
}

const ALL: [Style; 16] = [
    Style::Title,
    Style::Subtitle,
    Style::Chapter,
    Style::Part,
    Style::Body,
    Style::Caption,
    Style::TableHeading,
    Style::TableText,
    Style::Gap,
    Style::Enclosed,
    Style::Signature,
    Style::Date,
    Style::Mark,
    Style::AttachmentTitle,
    Style::Note,
    Style::Footer,
];

/// The faces of official documents.
#[derive(Clone, Copy)]
enum Face {
    Title,
    Heading,
    Part,
    Body,
}

impl Face {
    const ALL: [Self; 4] = [Self::Title, Self::Heading, Self::Part, Self::Body];

    fn name(self) -> &'static str {
        match self {
            Self::Title => "方正小标宋简体",
            Self::Heading => "黑体",
            Self::Part => "楷体",
            Self::Body => "仿宋",
        }
    }

    /// What takes its place where it is not installed, and of which family that should be.
    fn instead(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("SimSun", "roman"),
            Self::Heading => ("SimHei", "swiss"),
            Self::Part => ("KaiTi", "script"),
            Self::Body => ("FangSong", "roman"),
        }
    }
}

/// The part that defines all styles.
pub(super) fn styles() -> String {
    let defined = ALL.map(Style::definition).concat();
    let (fonts, size) = (fonts_of(Face::Body), size(BODY_SIZE));
    format!(
        r#"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>{defined}</w:styles>"#
    )
}

/// The part that says what the fonts are; 86 is the character set GB 2312.
pub(super) fn fonts() -> String {
    let fonts = Face::ALL.map(|face| {
        let (name, (instead, family)) = (face.name(), face.instead());
        format!(
            r#"<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>"#
        )
    });
    format!("<w:fonts {NAMESPACES}>{}</w:fonts>", fonts.concat())
}

fn fonts_of(face: Face) -> String {
    let name = face.name();
    format!(r#"<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{name}" w:cs="{LATIN}"/>"#)
}

fn size(half_points: u32) -> String {
    format!(r#"<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#)
}

impl Style {
    /// What paragraphs of this style name it by.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::Chapter => "Heading1",
            Self::Part => "Heading2",
            Self::Body => "BodyText",
            Self::Caption => "Caption",
            Self::TableHeading => "TableHeading",
            Self::TableText => "TableText",
            Self::Gap => "Gap",
            Self::Enclosed => "Enclosed",
            Self::Signature => "Signature",
            Self::Date => "Date",
            Self::Mark => "AttachmentMark",
            Self::AttachmentTitle => "AttachmentTitle",
            Self::Note => "TableNote",
            Self::Footer => "Footer",
        }
    }

    /// Its name in the list; those that Word has are called as it calls them, and shown in its language.
    fn name(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::Chapter => "heading 1",
            Self::Part => "heading 2",
            Self::Body => "Body Text",
            Self::Caption => "caption",
            Self::TableHeading => "表格标题行",
            Self::TableText => "表格文字",
            Self::Gap => "表后空白",
            Self::Enclosed => "附件说明",
            Self::Signature => "Signature",
            Self::Date => "Date",
            Self::Mark => "附件标记",
            Self::AttachmentTitle => "附件标题",
            Self::Note => "表格说明",
            Self::Footer => "footer",
        }
    }

    fn face(self) -> Face {
        match self {
            Self::Title | Self::AttachmentTitle => Face::Title,
            Self::Chapter | Self::Caption | Self::TableHeading | Self::Mark => Face::Heading,
            Self::Subtitle | Self::Part => Face::Part,
            _ => Face::Body,
        }
    }

    /// In half points.
    fn size(self) -> u32 {
        match self {
            Self::Title => 44,
            Self::AttachmentTitle => 36,
            Self::Footer => 28,
            Self::Caption | Self::Note => 24,
            Self::TableHeading | Self::TableText => 21,
            Self::Gap => 12,
            _ => BODY_SIZE,
        }
    }

    fn align(self) -> &'static str {
        match self {
            Self::Signature | Self::Date => "right",
            // Not justified: `912/1009` does not break, and the short line before it would be torn apart.
            Self::Body | Self::Enclosed | Self::Mark | Self::Chapter | Self::Part => "left",
            _ => "center",
        }
    }

    /// Before, after, and from line to line.
    fn spacing(self) -> [u32; 3] {
        match self {
            Self::Title | Self::AttachmentTitle => [0, 0, 720],
            Self::Subtitle => [0, 240, LINE],
            Self::Caption => [160, 0, 400],
            Self::Note => [0, 80, 400],
            Self::TableHeading | Self::TableText => [20, 20, 260],
            Self::Gap => [0, 0, 200],
            Self::Enclosed => [280, 0, LINE],
            // Two lines for the seal.
            Self::Signature => [1_120, 0, LINE],
            _ => [0, 0, LINE],
        }
    }

    /// Two characters before the first line; four behind signature and date.
    fn indent(self) -> &'static str {
        match self {
            Self::Chapter | Self::Part | Self::Body | Self::Enclosed => {
                r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#
            }
            Self::Signature | Self::Date => r#"<w:ind w:rightChars="400" w:right="1280"/>"#,
            _ => "",
        }
    }

    /// On the same page as what follows.
    fn keep(self) -> &'static str {
        match self {
            Self::Chapter
            | Self::Part
            | Self::Caption
            | Self::Signature
            | Self::Mark
            | Self::AttachmentTitle
            | Self::Note => "<w:keepNext/>",
            _ => "",
        }
    }

    fn outline(self) -> &'static str {
        match self {
            Self::Chapter => r#"<w:outlineLvl w:val="0"/>"#,
            Self::Part => r#"<w:outlineLvl w:val="1"/>"#,
            _ => "",
        }
    }

    fn definition(self) -> String {
        let (id, name, align) = (self.id(), self.name(), self.align());
        let (keep, indent, outline) = (self.keep(), self.indent(), self.outline());
        let [before, after, line] = self.spacing();
        let (fonts, size) = (fonts_of(self.face()), size(self.size()));
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/>{outline}</w:pPr><w:rPr>{fonts}{size}</w:rPr></w:style>"#
        )
    }
}
