//! Pages: A4 with the margins of official documents. In twentieths of a point, as everything in a DOCX.

const SHORT_SIDE: u32 = 11_906;
const LONG_SIDE: u32 = 16_838;
/// 37, 35, 28 and 26 mm.
const TOP: u32 = 2_098;
const BOTTOM: u32 = 1_984;
const LEFT: u32 = 1_588;
const RIGHT: u32 = 1_474;

/// How a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// For text.
    Upright,
    /// For wide tables: turned, so that its left is the top of an upright one.
    Sideways,
}

impl Page {
    /// The width of what stands on it.
    pub(super) fn text_width(self) -> u32 {
        match self {
            Self::Upright => SHORT_SIDE - LEFT - RIGHT,
            Self::Sideways => LONG_SIDE - TOP - BOTTOM,
        }
    }

    /// The properties of the section that ends here.
    pub(super) fn section(self) -> String {
        let (size, [top, right, bottom, left], footer) = match self {
            Self::Upright => (
                format!(r#"w:w="{SHORT_SIDE}" w:h="{LONG_SIDE}""#),
                [TOP, RIGHT, BOTTOM, LEFT],
                // The number stands 7 mm below the text.
                1_400,
            ),
            Self::Sideways => (
                format!(r#"w:w="{LONG_SIDE}" w:h="{SHORT_SIDE}" w:orient="landscape""#),
                [LEFT, BOTTOM, RIGHT, TOP],
                850,
            ),
        };
        format!(
            r#"<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz {size}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="850" w:footer="{footer}" w:gutter="0"/><w:cols w:space="425"/></w:sectPr>"#
        )
    }
}
