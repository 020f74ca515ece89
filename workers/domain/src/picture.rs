//! Pictures of people and companies: which bytes are one, how large one may be.

use serde::{Deserialize, Serialize};

/// The largest picture, bytes: 512 KB.
pub const MAX_BYTES: u64 = 512 * 1_024;

/// How many of the first bytes tell what a picture is.
pub const HEAD_BYTES: usize = 12;

/// The kinds of pictures that are taken. SVG is none of them: it can carry scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 3] = [Kind::Png, Kind::Jpeg, Kind::Webp];

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Webp => "image/webp",
        }
    }

    /// The end of a file's name, which is how a stored picture remembers its kind.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Png => "png",
            Kind::Jpeg => "jpg",
            Kind::Webp => "webp",
        }
    }

    /// The kind that a name's end stands for.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Kind::ALL
            .into_iter()
            .find(|kind| kind.extension() == extension)
    }

    /// What the first bytes say; `None` of anything that is not taken.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Kind::Png)
        } else if bytes.starts_with(b"\xFF\xD8\xFF") {
            Some(Kind::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Kind::Webp)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_bytes() {
        let cases: [(&[u8], Option<Kind>); 7] = [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(Kind::Png)),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", Some(Kind::Jpeg)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Kind::Webp)),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"GIF89a", None),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", None),
            (b"", None),
        ];
        for (bytes, kind) in cases {
            assert_eq!(Kind::of(bytes), kind);
        }
    }

    #[test]
    fn a_name_keeps_the_kind() {
        for kind in Kind::ALL {
            let name = format!("avatar/1/2.{}", kind.extension());
            assert_eq!(Kind::of_name(&name), Some(kind));
        }
        assert_eq!(Kind::of_name("avatar/png"), None);
    }
}
