//! A PDF as a file: every object is written once, packed, and named by a number (ISO 32000-1, 7.5). printpdf would keep each
//! of ten thousand objects as a tree of its own until the end, which takes longer than to set the type.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    io::Write,
};

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document as Objects, Object, ObjectId, StringFormat};

/// How hard is packed: beyond this, twice the time saves one byte in a hundred.
const LEVEL: Compression = Compression::new(6);
/// How many objects are packed together.
const TOGETHER: usize = 2000;

/// What a packed stream has to say of itself.
const FILTER: &[u8] = b"/Filter/FlateDecode";

/// An object of the file. Written out it is a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Id(usize);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// A file on its way.
pub(crate) struct Pdf {
    /// What is written already: the header and the streams.
    file: Vec<u8>,
    /// Where each stream begins.
    streams: Vec<(Id, usize)>,
    /// The other objects, one behind the other, and where each begins.
    plain: Vec<u8>,
    begun: Vec<(Id, usize)>,
    last: usize,
    packer: Compress,
}

impl Pdf {
    pub(crate) fn new() -> Self {
        Self {
            // Four bytes that no text has, so that nobody takes the file for one.
            file: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            streams: Vec::new(),
            plain: Vec::new(),
            begun: Vec::new(),
            last: 0,
            packer: Compress::new(LEVEL, true),
        }
    }

    /// An object that is still to be written.
    pub(crate) fn id(&mut self) -> Id {
        self.last += 1;
        Id(self.last)
    }

    /// Begins an object that is no stream: it is what is written from here until another one begins.
    pub(crate) fn begin(&mut self, id: Id) -> &mut Vec<u8> {
        self.begun.push((id, self.plain.len()));
        &mut self.plain
    }

    /// Writes a stream, packed where that is smaller; `said` are the entries of its dictionary but for its length.
    pub(crate) fn stream(&mut self, id: Id, said: &[u8], content: &[u8]) {
        match self.packed(content, content.len().saturating_sub(FILTER.len())) {
            Some(packed) => self.raw_stream(id, &[said, FILTER].concat(), &packed),
            None => self.raw_stream(id, said, content),
        }
    }

    /// Packs; nothing when that takes more room than this.
    fn packed(&mut self, content: &[u8], room: usize) -> Option<Vec<u8>> {
        self.packer.reset();
        let mut packed = Vec::with_capacity(room);
        let done = self.packer.compress_vec(content, &mut packed, FlushCompress::Finish);
        matches!(done, Ok(Status::StreamEnd)).then_some(packed)
    }

    /// Writes a stream as it is.
    fn raw_stream(&mut self, id: Id, said: &[u8], content: &[u8]) {
        self.streams.push((id, self.file.len()));
        put(&mut self.file, format_args!("{} 0 obj\n<<", id.0));
        self.file.extend(said);
        put(&mut self.file, format_args!("/Length {}>>\nstream\n", content.len()));
        self.file.extend(content);
        self.file.extend(b"\nendstream\nendobj\n");
    }

    /// The whole file, which begins to be read at `root`; `info` says who wrote it.
    pub(crate) fn finish(mut self, root: Id, info: Id) -> Vec<u8> {
        let identity = self.identity();
        // By number: kind, place and, within others, which.
        let (begun, plain) = (std::mem::take(&mut self.begun), std::mem::take(&mut self.plain));
        let mut places = vec![(0, 0, 0xffff); self.last + 1 + begun.len().div_ceil(TOGETHER) + 1];
        for (nth, together) in begun.chunks(TOGETHER).enumerate() {
            let home = self.id();
            let from = together[0].1;
            let to = begun.get((nth + 1) * TOGETHER).map_or(plain.len(), |next| next.1);
            let mut content = Vec::with_capacity(to - from + 12 * together.len());
            for (at, (id, begin)) in together.iter().enumerate() {
                put(&mut content, format_args!("{} {} ", id.0, begin - from));
                places[id.0] = (2, home.0, at);
            }
            let said = format!("/Type/ObjStm/N {}/First {}", together.len(), content.len());
            content.extend(&plain[from..to]);
            self.stream(home, said.as_bytes(), &content);
        }
        let table = self.id();
        let begin = self.file.len();
        for (id, at) in self.streams.iter().copied().chain([(table, begin)]) {
            places[id.0] = (1, at, 0);
        }
        // Each entry as what differs from the one before (PNG's filter "up", 7.4.4.4): most say "the next in the same".
        let mut rows = Vec::with_capacity(8 * places.len());
        let mut before = [0_u8; 7];
        for &(kind, at, nth) in &places {
            let [.., a, b, c, d] = (at as u64).to_be_bytes();
            let [.., e, f] = (nth as u64).to_be_bytes();
            let row = [kind, a, b, c, d, e, f];
            rows.push(2);
            rows.extend(row.iter().zip(before).map(|(new, old)| new.wrapping_sub(old)));
            before = row;
        }
        let said = format!(
            "/Type/XRef/Size {}/W[1 4 2]/Root {root}/Info {info}/ID[<{identity}><{identity}>]",
            places.len()
        );
        // Packed even where that is no smaller: what differs is told as such to who unpacks it, and to nobody else.
        let packed = self.packed(&rows, 2 * rows.len() + 64).unwrap_or_default();
        let said = [said.as_bytes(), FILTER, b"/DecodeParms<</Predictor 12/Columns 7>>"].concat();
        self.raw_stream(table, &said, &packed);
        put(&mut self.file, format_args!("startxref\n{begin}\n%%EOF\n"));
        self.file
    }

    /// What is in the file, in 32 digits.
    fn identity(&self) -> String {
        let mut hash = Hash::new();
        hash.take(&self.file);
        hash.take(&self.plain);
        hash.sum().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Writes what `objects` say from their catalog on, and nothing that it does not lead to.
    pub(crate) fn of(objects: &Objects) -> Result<Vec<u8>, lopdf::Error> {
        let mut pdf = Pdf::new();
        let mut copy = Copy::new(objects);
        let [root, info] = [b"Root".as_slice(), b"Info"].map(|name| objects.trailer.get(name));
        let (root, info) =
            (copy.id(&mut pdf, root?.as_reference()?), copy.id(&mut pdf, info?.as_reference()?));
        copy.all(&mut pdf)?;
        Ok(pdf.finish(root, info))
    }
}

/// Takes objects over from another file.
pub(crate) struct Copy<'a> {
    from: &'a Objects,
    ids: HashMap<ObjectId, Id>,
    open: VecDeque<(ObjectId, Id)>,
}

impl<'a> Copy<'a> {
    pub(crate) fn new(from: &'a Objects) -> Self {
        Self { from, ids: HashMap::new(), open: VecDeque::new() }
    }

    /// What an object of the other file is here; [`Copy::all`] brings it.
    pub(crate) fn id(&mut self, pdf: &mut Pdf, of: ObjectId) -> Id {
        *self.ids.entry(of).or_insert_with(|| {
            let id = pdf.id();
            self.open.push_back((of, id));
            id
        })
    }

    /// Brings all that was asked for, and all that it leads to.
    pub(crate) fn all(&mut self, pdf: &mut Pdf) -> Result<(), lopdf::Error> {
        while let Some((of, id)) = self.open.pop_front() {
            let mut out = Vec::new();
            match self.from.get_object(of)? {
                Object::Stream(stream) => {
                    for (name, value) in stream.dict.iter().filter(|(name, _)| *name != b"Length") {
                        self.entry(pdf, &mut out, name, value);
                    }
                    match stream.dict.has(b"Filter") {
                        true => pdf.raw_stream(id, &out, &stream.content),
                        false => pdf.stream(id, &out, &stream.content),
                    }
                }
                object => {
                    self.object(pdf, &mut out, object);
                    pdf.begin(id).extend(out);
                }
            }
        }
        Ok(())
    }

    fn entry(&mut self, pdf: &mut Pdf, out: &mut Vec<u8>, name: &[u8], value: &Object) {
        self::name(out, name);
        out.push(b' ');
        self.object(pdf, out, value);
    }

    fn object(&mut self, pdf: &mut Pdf, out: &mut Vec<u8>, object: &Object) {
        match object {
            Object::Null => out.extend(b"null"),
            Object::Boolean(is) => put(out, format_args!("{is}")),
            Object::Integer(number) => put(out, format_args!("{number}")),
            Object::Real(number) => put(out, format_args!("{number}")),
            Object::Name(bytes) => name(out, bytes),
            Object::String(bytes, StringFormat::Literal) => string(out, bytes),
            Object::String(bytes, StringFormat::Hexadecimal) => {
                out.push(b'<');
                bytes.iter().for_each(|byte| put(out, format_args!("{byte:02x}")));
                out.push(b'>');
            }
            Object::Array(all) => {
                out.push(b'[');
                for (at, object) in all.iter().enumerate() {
                    if at > 0 {
                        out.push(b' ');
                    }
                    self.object(pdf, out, object);
                }
                out.push(b']');
            }
            Object::Dictionary(all) => self.dictionary(pdf, out, all),
            // A stream is an object of its own (7.3.8.1).
            Object::Stream(stream) => self.dictionary(pdf, out, &stream.dict),
            Object::Reference(of) => match self.from.has_object(*of) {
                true => put(out, format_args!("{}", self.id(pdf, *of))),
                false => out.extend(b"null"),
            },
        }
    }

    fn dictionary(&mut self, pdf: &mut Pdf, out: &mut Vec<u8>, all: &Dictionary) {
        out.extend(b"<<");
        for (name, value) in all {
            self.entry(pdf, out, name, value);
        }
        out.extend(b">>");
    }
}

/// Writes; a vector takes all.
pub(crate) fn put(out: &mut Vec<u8>, what: fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

/// A name (7.3.5).
pub(crate) fn name(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'/');
    for &byte in bytes {
        match byte {
            b'!'..=b'~' if !b"#()<>[]{}/%".contains(&byte) => out.push(byte),
            _ => put(out, format_args!("#{byte:02x}")),
        }
    }
}

/// A string in brackets.
pub(crate) fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    bytes.iter().for_each(|&byte| letter(out, byte));
    out.push(b')');
}

/// A byte of a string in brackets. What ends the string is escaped, and a carriage return, which would be read as the end of
/// a line (7.3.4.2).
pub(crate) fn letter(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
        b'\r' => out.extend(b"\\r"),
        _ => out.push(byte),
    }
}

/// A text as PDF wants it: UTF-16 with a byte order mark (7.9.2.2).
pub(crate) fn text(out: &mut Vec<u8>, text: &str) {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    string(out, &units.flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
}

/// FNV-1a with 128 bits: tells files apart, guards nothing.
pub(crate) struct Hash(u128);

impl Hash {
    pub(crate) fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    pub(crate) fn take(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    pub(crate) fn sum(&self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}
