//! Takes gzip and zstd off a payload, told by their magic numbers and capped in their output.
//!
//! Nothing streams. The whole payload is in memory, and the output goes straight to the buffer in
//! which it will be read, so neither format needs a window of its own: a decoder is told how much
//! it may write, and stops there. The buffers are reserved to the limit at once. That costs
//! address space; memory follows only what is written.

use std::fmt;

use flate2::{Decompress, FlushDecompress, Status};
use zstd_safe::DCtx;
use zstd_safe::zstd_sys::ZSTD_ErrorCode;

/// Amazon Data Firehose may have compressed what the producer had compressed already. Nobody
/// compresses three times but an attacker.
const MOST_LAYERS: usize = 2;

/// The largest window of DEFLATE, as a power of two (RFC 1951, section 2).
const GZIP_WINDOW_BITS: u8 = 15;

/// Why a compressed payload could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecompressError {
    /// Cut short, damaged, or followed by something else.
    Corrupt,
    /// A layer inflates to more than the limit, or to more than memory can be had for.
    TooLarge,
    /// Compressed more than twice.
    TooManyLayers,
}

/// What is kept from one payload to the next.
#[derive(Default)]
pub(super) struct Decompressor {
    /// The outer of two layers, inflated.
    outer: Vec<u8>,
    /// zstd's tables: 160 KB, which take longer to allocate than a small payload to inflate.
    zstd: Option<DCtx<'static>>,
}

impl fmt::Debug for Decompressor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decompressor").finish_non_exhaustive()
    }
}

/// Inflates up to two layers of gzip (RFC 1952) or zstd (RFC 8878) into `out`, which is cleared.
/// Gives `false`, with nothing in `out`, when the payload is not compressed.
///
/// A layer may hold several gzip members or zstd frames, one after the other; the line ends and
/// NULs that producers append to a record may follow the last. No layer may inflate to more than
/// `limit` bytes, and no buffer grows past `limit + 1`.
///
/// # Errors
/// As [`DecompressError`] says; what is then in `out` is of no use.
pub(super) fn decompress(
    payload: &[u8],
    limit: usize,
    out: &mut Vec<u8>,
    decompressor: &mut Decompressor,
) -> Result<bool, DecompressError> {
    out.clear();
    let Some(mut format) = Format::of(payload) else {
        return Ok(false);
    };
    let Decompressor { outer, zstd } = decompressor;
    format.inflate(payload, limit, out, zstd)?;
    for _ in 1..MOST_LAYERS {
        format = match Format::of(out) {
            Some(format) => format,
            None => return Ok(true),
        };
        std::mem::swap(out, outer);
        format.inflate(outer, limit, out, zstd)?;
    }
    if Format::of(out).is_some() { Err(DecompressError::TooManyLayers) } else { Ok(true) }
}

#[derive(Clone, Copy)]
enum Format {
    Gzip,
    Zstd,
}

impl Format {
    /// The format whose magic number `bytes` begin with.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    fn inflate(
        self,
        input: &[u8],
        limit: usize,
        out: &mut Vec<u8>,
        zstd: &mut Option<DCtx<'static>>,
    ) -> Result<(), DecompressError> {
        out.clear();
        // The byte past the limit tells what is too large from what just fits.
        out.try_reserve_exact(limit.saturating_add(1)).map_err(|_| DecompressError::TooLarge)?;
        match self {
            Self::Gzip => inflate_gzip(input, limit, out)?,
            Self::Zstd => inflate_zstd(input, out, zstd.get_or_insert_with(DCtx::create))?,
        }
        // A buffer that came with more room than was reserved here does not raise the limit.
        if out.len() > limit { Err(DecompressError::TooLarge) } else { Ok(()) }
    }
}

/// Writes to the spare capacity of `out`, and stops when it is used up.
fn inflate_gzip(mut input: &[u8], limit: usize, out: &mut Vec<u8>) -> Result<(), DecompressError> {
    while !is_padding(input) {
        // Not `reset`: that turns a gzip decoder into one of raw DEFLATE.
        let mut member = Decompress::new_gzip(GZIP_WINDOW_BITS);
        match member.decompress_vec(input, out, FlushDecompress::Finish) {
            Ok(Status::StreamEnd) => {}
            _ if out.len() > limit => return Err(DecompressError::TooLarge),
            _ => return Err(DecompressError::Corrupt),
        }
        let consumed = usize::try_from(member.total_in()).map_err(|_| DecompressError::Corrupt)?;
        input = input.get(consumed..).ok_or(DecompressError::Corrupt)?;
    }
    Ok(())
}

/// Writes to the capacity of `out`, and stops when it is used up.
fn inflate_zstd(
    input: &[u8],
    out: &mut Vec<u8>,
    context: &mut DCtx<'static>,
) -> Result<(), DecompressError> {
    let mut rest = input;
    while !is_padding(rest) {
        let frame =
            zstd_safe::find_frame_compressed_size(rest).map_err(|_| DecompressError::Corrupt)?;
        rest = rest.get(frame..).ok_or(DecompressError::Corrupt)?;
    }
    let frames = input.strip_suffix(rest).unwrap_or(input);
    context.decompress(out, frames).map(|_| ()).map_err(|code| {
        if zstd_safe::is_error_kind(code, ZSTD_ErrorCode::ZSTD_error_dstSize_tooSmall) {
            DecompressError::TooLarge
        } else {
            DecompressError::Corrupt
        }
    })
}

/// Whether nothing is left but what producers append to a record.
fn is_padding(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b'\r' | b'\n' | b'\0'))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 1 << 20;
    const TEXT: &[u8] = b"{\"message\":\"one and one and one and two\"}\n";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// With a checksum, and the size of the content or not.
    fn zstd_frame(bytes: &[u8], has_size: bool) -> Vec<u8> {
        use zstd_safe::{CCtx, CParameter};
        let mut context = CCtx::create();
        context.set_parameter(CParameter::ChecksumFlag(true)).unwrap();
        context.set_parameter(CParameter::ContentSizeFlag(has_size)).unwrap();
        let mut frame = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
        context.compress2(&mut frame, bytes).unwrap();
        frame
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd_frame(bytes, true)
    }

    fn read_within(payload: &[u8], limit: usize) -> Result<Option<Vec<u8>>, DecompressError> {
        let mut out = Vec::new();
        let mut scratch = Decompressor::default();
        let result = decompress(payload, limit, &mut out, &mut scratch);
        assert!(out.capacity() <= limit + 1, "{}", out.capacity());
        assert!(scratch.outer.capacity() <= limit + 1, "{}", scratch.outer.capacity());
        result.map(|is_compressed| is_compressed.then_some(out))
    }

    fn read(payload: &[u8]) -> Result<Option<Vec<u8>>, DecompressError> {
        read_within(payload, LIMIT)
    }

    #[test]
    fn inflates_what_is_compressed() {
        let mut with_name = flate2::GzBuilder::new()
            .filename("app.log")
            .comment("c")
            .extra(b"extra".as_slice())
            .write(Vec::new(), flate2::Compression::fast());
        with_name.write_all(TEXT).unwrap();
        let with_name = with_name.finish().unwrap();
        let skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
        let twice = [TEXT, TEXT].concat();
        let cases: [(&str, Vec<u8>, &[u8]); 18] = [
            ("gzip", gzip(TEXT), TEXT),
            ("gzip with every optional header", with_name, TEXT),
            ("gzip members", [gzip(TEXT), gzip(TEXT)].concat(), &twice),
            ("an empty gzip member", gzip(b""), b""),
            ("empty gzip members", [gzip(b""), gzip(TEXT), gzip(b"")].concat(), TEXT),
            ("gzip and a line end", [gzip(TEXT), b"\r\n".to_vec()].concat(), TEXT),
            ("gzip and NULs", [gzip(TEXT), vec![0; 512]].concat(), TEXT),
            ("zstd", zstd(TEXT), TEXT),
            ("zstd of unknown size", zstd_frame(TEXT, false), TEXT),
            ("zstd frames", [zstd(TEXT), zstd_frame(TEXT, false)].concat(), &twice),
            ("an empty zstd frame", zstd(b""), b""),
            ("empty zstd frames", [zstd(b""), zstd(TEXT), zstd(b"")].concat(), TEXT),
            ("a skippable zstd frame", [zstd(TEXT), skippable, zstd(TEXT)].concat(), &twice),
            ("zstd and a line end", [zstd(TEXT), b"\n".to_vec()].concat(), TEXT),
            ("gzip in gzip", gzip(&gzip(TEXT)), TEXT),
            ("zstd in gzip", gzip(&zstd(TEXT)), TEXT),
            ("gzip in zstd", zstd(&gzip(TEXT)), TEXT),
            ("zstd in zstd", zstd(&zstd(TEXT)), TEXT),
        ];
        for (name, payload, expected) in cases {
            assert_eq!(read(&payload), Ok(Some(expected.to_vec())), "{name}");
        }
    }

    #[test]
    fn leaves_alone_what_is_not() {
        let cases: [&[u8]; 8] = [
            b"",
            b"\x1f",
            b"\x8b\x1f\x08",
            b"\x28\xb5\x2f",
            b"\xfd\x2f\xb5\x28",
            b"(\xb5/\xfe",
            b"\n\x1f\x8b\x08",
            TEXT,
        ];
        for payload in cases {
            let mut out = b"left over".to_vec();
            let result = decompress(payload, LIMIT, &mut out, &mut Decompressor::default());
            assert_eq!((result, out), (Ok(false), Vec::new()), "{payload:x?}");
        }
    }

    #[test]
    fn refuses_what_is_damaged_or_followed_by_something() {
        let mut bad_crc = gzip(TEXT);
        let crc = bad_crc.len() - 8;
        bad_crc[crc] ^= 1;
        let mut bad_size = gzip(TEXT);
        *bad_size.last_mut().unwrap() ^= 1;
        let mut bad_checksum = zstd(TEXT);
        *bad_checksum.last_mut().unwrap() ^= 1;
        let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
        let cases: [(&str, Vec<u8>); 14] = [
            ("the magic number of gzip alone", b"\x1f\x8b".to_vec()),
            ("the magic number of zstd alone", b"\x28\xb5\x2f\xfd".to_vec()),
            ("a method that is not DEFLATE", b"\x1f\x8b\x07\0\0\0\0\0\0\0".to_vec()),
            ("gzip with a wrong CRC", bad_crc.clone()),
            ("gzip with a wrong size", bad_size),
            ("a wrong CRC in the second member", [gzip(TEXT), bad_crc].concat()),
            ("zstd with a wrong checksum", bad_checksum),
            ("gzip and garbage", [gzip(TEXT), b"\n}".to_vec()].concat()),
            ("zstd and garbage", [zstd(TEXT), b"\n}".to_vec()].concat()),
            ("zstd after gzip", [gzip(TEXT), zstd(TEXT)].concat()),
            ("gzip after zstd", [zstd(TEXT), gzip(TEXT)].concat()),
            ("a second gzip member cut short", [gzip(TEXT), half(gzip(TEXT))].concat()),
            ("a second zstd frame cut short", [zstd(TEXT), half(zstd(TEXT))].concat()),
            ("an inner layer cut short", gzip(&half(zstd(TEXT)))),
        ];
        for (name, payload) in cases {
            assert_eq!(read(&payload), Err(DecompressError::Corrupt), "{name}");
        }
    }

    #[test]
    fn refuses_what_is_cut_anywhere() {
        for (whole, magic) in [(gzip(TEXT), 2), (zstd(TEXT), 4), (zstd_frame(TEXT, false), 4)] {
            for end in 0..whole.len() {
                let expected = if end < magic { Ok(None) } else { Err(DecompressError::Corrupt) };
                assert_eq!(read(&whole[..end]), expected, "{end} of {}", whole.len());
            }
        }
    }

    #[test]
    fn no_flipped_bit_changes_the_text() {
        for whole in [gzip(TEXT), zstd(TEXT), zstd_frame(TEXT, false)] {
            for bit in 0..whole.len() * 8 {
                let mut damaged = whole.clone();
                damaged[bit / 8] ^= 1 << (bit % 8);
                if let Ok(Some(text)) = read(&damaged) {
                    assert_eq!(text, TEXT, "bit {bit}");
                }
            }
        }
    }

    #[test]
    fn refuses_a_third_layer() {
        type Compress = fn(&[u8]) -> Vec<u8>;
        let formats: [Compress; 2] = [gzip, zstd];
        for outer in formats {
            for middle in formats {
                for inner in formats {
                    let payload = outer(&middle(&inner(TEXT)));
                    assert_eq!(read(&payload), Err(DecompressError::TooManyLayers));
                }
            }
        }
    }

    #[test]
    fn the_limit_is_exact() {
        let text: Vec<u8> =
            (0..5_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        let (front, back) = text.split_at(3_000);
        let payloads = [
            gzip(&text),
            [gzip(front), gzip(back), gzip(b"")].concat(),
            zstd(&text),
            zstd_frame(&text, false),
            [zstd(front), zstd_frame(back, false), zstd(b"")].concat(),
        ];
        for payload in payloads {
            assert_eq!(read_within(&payload, text.len()), Ok(Some(text.clone())));
            for limit in [text.len() - 1, 3_000, 1, 0] {
                assert_eq!(read_within(&payload, limit), Err(DecompressError::TooLarge), "{limit}");
            }
        }
        assert_eq!(read_within(&gzip(b""), 0), Ok(Some(Vec::new())));
        assert_eq!(read_within(&zstd(b""), 0), Ok(Some(Vec::new())));
    }

    #[test]
    fn a_larger_buffer_does_not_raise_the_limit() {
        for payload in [gzip(TEXT), zstd(TEXT)] {
            let mut out = Vec::with_capacity(LIMIT);
            let limit = TEXT.len() - 1;
            let result = decompress(&payload, limit, &mut out, &mut Decompressor::default());
            assert_eq!(result, Err(DecompressError::TooLarge));
        }
    }

    #[test]
    fn a_limit_beyond_memory_costs_the_record_only() {
        for payload in [gzip(TEXT), zstd(TEXT)] {
            assert_eq!(
                decompress(&payload, usize::MAX, &mut Vec::new(), &mut Decompressor::default()),
                Err(DecompressError::TooLarge)
            );
        }
    }

    /// `read` looks at the buffers' capacity.
    #[test]
    fn a_bomb_costs_no_more_than_the_limit() {
        let zeros = vec![0; 64 * LIMIT];
        let (in_gzip, in_zstd) = (gzip(&zeros), zstd(&zeros));
        let cases: [(&str, Vec<u8>); 7] = [
            ("gzip", in_gzip.clone()),
            ("1 GiB in gzip members", in_gzip.repeat(16)),
            ("zstd", in_zstd.clone()),
            ("zstd of unknown size", zstd_frame(&zeros, false)),
            ("1 GiB in zstd frames", in_zstd.repeat(16)),
            ("within gzip", gzip(&in_gzip)),
            ("within zstd", zstd(&in_zstd)),
        ];
        for (name, payload) in cases {
            assert_eq!(read(&payload), Err(DecompressError::TooLarge), "{name}");
        }
    }

    #[test]
    fn a_failure_leaves_nothing_to_the_next_payload() {
        let (mut out, mut scratch) = (Vec::new(), Decompressor::default());
        let damaged = |bytes: Vec<u8>| bytes[..bytes.len() - 1].to_vec();
        for bad in [damaged(gzip(TEXT)), damaged(zstd(TEXT)), gzip(&damaged(zstd(TEXT)))] {
            for good in [gzip(TEXT), zstd(TEXT), zstd(&gzip(TEXT))] {
                let result = decompress(&bad, LIMIT, &mut out, &mut scratch);
                assert_eq!(result, Err(DecompressError::Corrupt));
                assert_eq!(decompress(&good, LIMIT, &mut out, &mut scratch), Ok(true));
                assert_eq!(out, TEXT);
            }
        }
    }

    proptest! {
        #[test]
        fn what_was_compressed_comes_back(
            parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..4),
            has_size in any::<bool>(),
        ) {
            // Its first byte begins no magic number.
            let text = [b" ".to_vec(), parts.concat()].concat();
            let mut members = gzip(b" ");
            let mut frames = zstd(b" ");
            for part in &parts {
                members.extend(gzip(part));
                frames.extend(zstd_frame(part, has_size));
            }
            for payload in [gzip(&members), zstd(&frames), gzip(&frames), zstd(&members), members, frames] {
                prop_assert_eq!(read(&payload), Ok(Some(text.clone())));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(
            magic in prop::sample::select(vec![&b"\x1f\x8b\x08"[..], b"\x28\xb5\x2f\xfd"]),
            rest in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            let limit = 4_096;
            if let Ok(text) = read_within(&[magic, &rest].concat(), limit) {
                prop_assert!(text.unwrap().len() <= limit);
            }
        }
    }
}
