//! The key file in use: made, opened, changed.

use crate::content::{Content, Entry, Hex, Hr, Kdf, Kind, Role, Sheet, UserId};
use crate::envelope::{Public, Secret};
use crate::keys::{self, HrPublic, HrSecret, OwnerKey, OwnerSecrets, RegisterKey};
use crate::own_slot::OwnSlot;
use crate::passphrase::{self, Cost, Unlocked};
use crate::{Fault, HereSlot, Random, RecoveryCode, envelope, recovery};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// What the key of the marks is derived for.
const MARKS: &[u8] = b"enishi 1 marks of the erased";
const PURPOSE: &[u8] = b"enishi 1 slot";
/// Whose place a recovery sheet's slot has: nobody's, for users are numbered from 1.
const NOBODY: UserId = UserId(0);

/// A key file that is whole and signed. Whose signature it is comes out on opening.
///
/// A change is made in memory and stays there until [`KeyFile::write`]; one that fails changes nothing.
/// Write the key file before what goes with it into the database, so that the file is never the older one.
#[derive(Clone, Debug)]
pub struct KeyFile {
    pub(crate) content: Content,
    /// What staff changed by themselves and no owner has taken up yet.
    pub(crate) own: Vec<OwnSlot>,
}

/// A user as the key file lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User<'a> {
    /// Their number.
    pub id: UserId,
    /// Their name, as received.
    pub name: &'a str,
    /// What they may do.
    pub role: Role,
}

/// A recovery sheet as the key file lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetMade {
    /// Its number, as it is printed on it.
    pub number: u32,
    /// Its letters were typed back: it is in somebody's hand.
    pub confirmed: bool,
}

/// What a user holds after opening. Keep it no longer than the register is open.
pub struct Opened {
    user: UserId,
    name: String,
    role: Role,
    owner_key: OwnerKey,
    register_key: RegisterKey,
    hr_public: HrPublic,
    pub(crate) owner: Option<OwnerSecrets>,
}

impl Opened {
    /// Who opened.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What they may do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The owner key, vouched for by this user's passphrase; for the register to keep a copy of.
    pub fn owner_key(&self) -> OwnerKey {
        self.owner_key
    }

    /// What opens the database.
    pub fn register_key(&self) -> &RegisterKey {
        &self.register_key
    }

    /// To put records behind the seal.
    pub fn hr_public(&self) -> &HrPublic {
        &self.hr_public
    }

    /// Every secret by name, for the test that looks for them in the program's own memory.
    #[cfg(debug_assertions)]
    pub fn secrets(&self) -> Vec<(&'static str, Zeroizing<Vec<u8>>)> {
        let mut all = vec![("register key", Zeroizing::new(self.register_key.0.to_vec()))];
        if let Some(owner) = &self.owner {
            all.push(("HR key material", Zeroizing::new(owner.hr.material.to_vec())));
            all.push(("HR secret", Zeroizing::new(envelope::secret_bytes(&owner.hr.key).to_vec())));
            all.push(("owner key", Zeroizing::new(owner.signing.to_bytes().to_vec())));
        }
        all
    }

    /// The key of the marks by which erased people are known again; `None` for staff. It stays for as long as the owner
    /// key, so that marks from one copy of a register fit all others.
    pub fn mark_key(&self) -> Option<Zeroizing<[u8; 32]>> {
        let seed = Zeroizing::new(self.owner.as_ref()?.signing.to_bytes());
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &*seed).expand(MARKS, &mut *key).ok()?;
        Some(key)
    }

    /// To read sealed records; `None` for staff.
    pub fn hr_secret(&self) -> Option<&HrSecret> {
        self.owner.as_ref().map(|owner| &owner.hr)
    }
}

impl KeyFile {
    /// A new company's key file with its first owner, user 1. Draws all keys.
    /// [`Fault::TooWeak`] below [`Cost::OFFICE`], except in debug builds.
    pub fn create(
        owner_name: &str,
        passphrase: &str,
        cost: Cost,
        random: &mut dyn Random,
    ) -> Result<(Self, Opened), Fault> {
        let mut file_id = [0; 16];
        random.fill(&mut file_id)?;
        let (kdf, unlocked) = new_slot(passphrase, cost, &file_id, random)?;
        Self::found(Kind::Company, file_id, owner_name, kdf, &unlocked, random)
    }

    /// A sample's key file, open to everybody as its one owner.
    pub fn create_sample(owner_name: &str, random: &mut dyn Random) -> Result<(Self, Opened), Fault> {
        let mut file_id = [0; 16];
        random.fill(&mut file_id)?;
        Self::found(Kind::Sample, file_id, owner_name, Kdf::Sample {}, &Unlocked::sample(&file_id), random)
    }

    /// The key file in these bytes, of a backup say. Damage, a broken signature and a newer version are refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Fault> {
        Content::parse(bytes).map(|content| Self { content, own: Vec::new() })
    }

    /// The key file as it is written: JSON, UTF-8.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.content.text()
    }

    /// A company's register or a sample.
    pub fn kind(&self) -> Kind {
        self.content.kind
    }

    /// What the database must name too, or the two do not belong together.
    pub fn file_id(&self) -> [u8; 16] {
        self.content.file_id.0
    }

    /// Counts the changes, from 1. Lower than the database remembers: an old key file was put back.
    pub fn revision(&self) -> u64 {
        self.content.revision
    }

    /// Everyone with a slot, by number.
    pub fn users(&self) -> impl Iterator<Item = User<'_>> {
        self.content.users.iter().map(|entry| User { id: entry.id, name: &entry.name, role: entry.role })
    }

    /// The recovery sheet made last that still opens this file.
    pub fn sheet(&self) -> Option<SheetMade> {
        self.content.sheets.last().map(|sheet| SheetMade { number: sheet.number, confirmed: sheet.confirmed })
    }

    /// The owner key that this file is signed with; whether it is the register's, opening and the register tell.
    pub fn owner_key(&self) -> OwnerKey {
        self.content.owner()
    }

    /// The public half of the HR key pair, for the register to keep a copy of: whoever holds the owner key could
    /// otherwise slip in another, to which staff would then seal.
    pub fn hr_public(&self) -> [u8; 32] {
        self.content.hr.public_key.0
    }

    /// The ids of erased people, ascending.
    pub fn erased(&self) -> &[i64] {
        &self.content.erased
    }

    /// By what erased people are known again, ascending; see [`Opened::mark_key`].
    pub fn erased_marks(&self) -> impl Iterator<Item = [u8; 16]> {
        self.content.marks.iter().map(|mark| mark.0)
    }

    /// Refuses with [`Fault::ForgedRole`] a file of another owner than the register remembers.
    pub fn check_owner(&self, remembered: OwnerKey) -> Result<(), Fault> {
        if self.content.owner() == remembered { Ok(()) } else { Err(Fault::ForgedRole) }
    }

    /// Opens a company's key file as `user`, or as the first user whose passphrase this is; each try costs an
    /// Argon2id. [`Fault::WrongPassphrase`], and [`Fault::ForgedRole`] if the passphrase is right but the file was
    /// signed by someone other than the owner who gave the user their slot.
    pub fn open(&self, user: Option<UserId>, passphrase: &str) -> Result<Opened, Fault> {
        self.must_be(Kind::Company)?;
        if let Some(user) = user {
            self.content.entry(user).ok_or(Fault::NoSuchUser)?;
        }
        for entry in self.content.users.iter().filter(|entry| user.is_none_or(|user| user == entry.id)) {
            match self.unlocked(entry, passphrase).and_then(|unlocked| self.open_slot(entry, &unlocked)) {
                Err(Fault::WrongPassphrase) => {}
                other => return other,
            }
        }
        Err(Fault::WrongPassphrase)
    }

    /// Makes a slot that opens this user's with a secret, to be kept by the system of this PC; their 合言葉 is asked.
    pub fn make_here(
        &self,
        user: UserId,
        passphrase: &str,
        random: &mut dyn Random,
    ) -> Result<(HereSlot, Zeroizing<[u8; 32]>), Fault> {
        self.must_be(Kind::Company)?;
        let entry = self.content.entry(user).ok_or(Fault::NoSuchUser)?;
        let unlocked = self.unlocked(entry, passphrase)?;
        self.open_slot(entry, &unlocked)?;
        HereSlot::make(&self.content.file_id, user, &unlocked, random)
    }

    /// Opens with the slot of this PC and the secret that the system kept. It stands and falls with the user's own
    /// slot: [`Fault::NotHere`] once they have another 合言葉 or none.
    pub fn open_here(&self, slot: &HereSlot, secret: &[u8]) -> Result<Opened, Fault> {
        self.must_be(Kind::Company)?;
        let unlocked = slot.unlocked(&self.content.file_id, secret).ok_or(Fault::NotHere)?;
        let entry = self.content.entry(slot.user()).ok_or(Fault::NotHere)?;
        self.open_slot(entry, &unlocked).map_err(|fault| match fault {
            Fault::WrongPassphrase => Fault::NotHere,
            other => other,
        })
    }

    /// Opens a sample.
    pub fn open_sample(&self) -> Result<Opened, Fault> {
        self.must_be(Kind::Sample)?;
        self.open_slot(&self.content.users[0], &Unlocked::sample(&self.content.file_id.0))
    }

    /// Gives a user a slot of their own; returns their number. The names of users are anybody's to read.
    pub fn add_user(
        &mut self,
        by: &Opened,
        name: &str,
        role: Role,
        passphrase: &str,
        cost: Cost,
        random: &mut dyn Random,
    ) -> Result<UserId, Fault> {
        self.must_be(Kind::Company)?;
        let user = UserId(self.content.next_user);
        let next = user.0.checked_add(1).ok_or_else(|| Fault::Damaged("user numbers are used up".into()))?;
        self.change(by, |content| {
            content.next_user = next;
            let (kdf, unlocked) = new_slot(passphrase, cost, &content.file_id.0, random)?;
            content.users.push(sealed_entry(content, by, user, name, role, kdf, &unlocked, random)?);
            Ok(())
        })?;
        Ok(user)
    }

    /// Gives a user, `by` themselves or another, a new passphrase. It takes an owner, because it changes what
    /// owners sign; the user can type the passphrase themselves. The old one still opens old copies of the
    /// file, the `.prev` beside it too: see [`crate::remove_previous`].
    pub fn change_passphrase(
        &mut self,
        by: &Opened,
        user: UserId,
        new: &str,
        cost: Cost,
        random: &mut dyn Random,
    ) -> Result<(), Fault> {
        self.must_be(Kind::Company)?;
        self.change(by, |content| {
            let at = content.users.iter().position(|entry| entry.id == user).ok_or(Fault::NoSuchUser)?;
            let Entry { name, role, .. } = content.users[at].clone();
            let (kdf, unlocked) = new_slot(new, cost, &content.file_id.0, random)?;
            content.users[at] = sealed_entry(content, by, user, &name, role, kdf, &unlocked, random)?;
            Ok(())
        })
    }

    /// Gives whoever opened another passphrase of their own choice, without an owner: see [`KeyFile::take_up`]. Their
    /// old one is asked. Then [`KeyFile::write_own`].
    pub fn change_own(
        &mut self,
        by: &Opened,
        old: &str,
        new: &str,
        cost: Cost,
        random: &mut dyn Random,
    ) -> Result<(), Fault> {
        self.must_be(Kind::Company)?;
        let content = &self.content;
        let entry = content.entry(by.user).ok_or(Fault::NoSuchUser)?;
        let before = self.unlocked(entry, old)?;
        self.open_slot(entry, &before)?;
        let (kdf, slot) = new_slot(new, cost, &content.file_id.0, random)?;
        let own = OwnSlot::make(content, entry, &before, (kdf, &slot), &by.hr_public.key, random)?;
        self.own.retain(|known| !known.follows(entry));
        self.own.push(own);
        Ok(())
    }

    /// Takes up the passphrases that staff changed by themselves: they stand in the file from now on. Each must be vouched
    /// for by the slot that it follows; what somebody else put there counts for nothing. Whose it was; then
    /// [`KeyFile::write`], and [`crate::remove_own`].
    pub fn take_up(&mut self, by: &Opened, random: &mut dyn Random) -> Result<Vec<UserId>, Fault> {
        let hr = by.hr_secret().ok_or(Fault::NotOwner)?;
        let own = std::mem::take(&mut self.own);
        let mut taken = Vec::new();
        self.change(by, |content| {
            for at in 0..content.users.len() {
                let entry = &content.users[at];
                let mut slots = own.iter().filter_map(|own| own.taken_up(content, entry, &hr.key));
                if let Some((entry, public)) = slots.next() {
                    let (register_key, owners) =
                        sealed_keys(content, by, entry.id, entry.role, &public, random)?;
                    let (hr_key, owner_key) = owners.unzip();
                    taken.push(entry.id);
                    content.users[at] = Entry { register_key, hr_key, owner_key, ..entry };
                }
            }
            Ok(())
        })?;
        Ok(taken)
    }

    /// Gives a user another name or role; nobody takes the owner's role from themselves. Staff who become owners
    /// are sealed the owners' keys. An owner who becomes staff has held them: [`KeyFile::rotate`] then, and the
    /// recovery sheets, which that owner may have copied, count no longer.
    pub fn change_user(
        &mut self,
        by: &Opened,
        user: UserId,
        name: &str,
        role: Role,
        random: &mut dyn Random,
    ) -> Result<(), Fault> {
        self.must_be(Kind::Company)?;
        self.change(by, |content| {
            let at = content.users.iter().position(|entry| entry.id == user).ok_or(Fault::NoSuchUser)?;
            let before = content.users[at].clone();
            if role != before.role {
                if user == by.user {
                    return Err(Fault::Oneself);
                }
                let public = envelope::public(&before.public_key.0)?;
                let (register_key, owners) = sealed_keys(content, by, user, role, &public, random)?;
                let (hr_key, owner_key) = owners.unzip();
                content.users[at] = Entry { role, register_key, hr_key, owner_key, ..before };
                if role == Role::Staff {
                    content.sheets.clear();
                }
            }
            content.users[at].name = name.to_owned();
            Ok(())
        })
    }

    /// Takes a user's slot away; nobody dismisses themselves. What they know, they know: [`KeyFile::rotate`] then.
    /// With an owner go the recovery sheets, which that owner may have copied.
    pub fn dismiss_user(&mut self, by: &Opened, user: UserId) -> Result<(), Fault> {
        self.must_be(Kind::Company)?;
        self.change(by, |content| {
            if user == by.user {
                return Err(Fault::Oneself);
            }
            let at = content.users.iter().position(|entry| entry.id == user).ok_or(Fault::NoSuchUser)?;
            if content.users.remove(at).role == Role::Owner {
                content.sheets.clear();
            }
            Ok(())
        })
    }

    /// Draws a new register key and a new HR key pair and seals them to everyone who has a slot, without their
    /// being there. The database must follow: it is encrypted anew with the register key of what is returned,
    /// and the sealed records are sealed anew.
    ///
    /// The owner key stays, because each user's anchor to it is made with that user's passphrase. A dismissed
    /// owner can thus still sign a key file, but holds none of the new keys: such a file opens a register of
    /// that owner's making, never this one, whose database remembers its key file's facts behind the new key.
    pub fn rotate(&mut self, by: &Opened, random: &mut dyn Random) -> Result<Opened, Fault> {
        self.must_be(Kind::Company)?;
        let held = by.owner.as_ref().ok_or(Fault::NotOwner)?;
        let generation = by.hr_public.generation.checked_add(1);
        let generation = generation.ok_or_else(|| Fault::Damaged("generations are used up".into()))?;
        let register_key = RegisterKey(keys::drawn(random)?);
        let (owner, hr_public) = OwnerSecrets::new(generation, keys::drawn(random)?, held.signing.as_bytes());
        let opened = Opened {
            user: by.user,
            name: by.name.clone(),
            role: by.role,
            owner_key: by.owner_key,
            register_key,
            hr_public,
            owner: Some(owner),
        };
        self.change(&opened, |content| {
            content.hr = Hr { generation, public_key: Hex(envelope::public_bytes(&opened.hr_public.key)) };
            for at in 0..content.users.len() {
                let Entry { id, role, ref public_key, .. } = content.users[at];
                let public = envelope::public(&public_key.0)?;
                let (register_key, owners) = sealed_keys(content, &opened, id, role, &public, random)?;
                let (hr_key, owner_key) = owners.unzip();
                content.users[at] = Entry { register_key, hr_key, owner_key, ..content.users[at].clone() };
            }
            for at in 0..content.sheets.len() {
                let before = content.sheets[at].clone();
                let public = envelope::public(&before.public_key.0)?;
                content.sheets[at] = sealed_sheet(content, &opened, before, &public, random)?;
            }
            Ok(())
        })?;
        Ok(opened)
    }

    /// Makes a recovery sheet: its number, its code, and the four letters to be typed back. It opens the register
    /// from now on. The one confirmed before does so too, until this one is; one that never was confirmed is
    /// replaced.
    pub fn make_sheet(
        &mut self,
        by: &Opened,
        random: &mut dyn Random,
    ) -> Result<(u32, RecoveryCode, String), Fault> {
        self.must_be(Kind::Company)?;
        let code = RecoveryCode::draw(random)?;
        let unlocked = code.unlocked(&self.content.file_id.0);
        let letters = unlocked.letters();
        let number = self.content.sheets_made.checked_add(1);
        let number = number.ok_or_else(|| Fault::Damaged("sheet numbers are used up".into()))?;
        self.change(by, |content| {
            let (_, public) = unlocked.pair(NOBODY);
            let sheet = Sheet {
                number,
                letters: letters.clone(),
                confirmed: false,
                public_key: Hex(envelope::public_bytes(&public)),
                anchor: Hex(unlocked.anchor(NOBODY, content.owner())),
                register_key: Hex([0; 48 + envelope::EXTRA]),
                hr_key: Hex([0; 32 + envelope::EXTRA]),
                owner_key: Hex([0; 32 + envelope::EXTRA]),
            };
            let sheet = sealed_sheet(content, by, sheet, &public, random)?;
            content.sheets_made = number;
            content.sheets.retain(|before| before.confirmed);
            content.sheets.push(sheet);
            Ok(())
        })?;
        Ok((number, code, letters))
    }

    /// Takes the letters typed back from the sheet made last: from now on it alone counts.
    /// [`Fault::WrongLetters`], also when there is no sheet.
    pub fn confirm_sheet(&mut self, by: &Opened, typed: &str) -> Result<(), Fault> {
        self.must_be(Kind::Company)?;
        self.change(by, |content| {
            let typed = recovery::read_four(typed).ok_or(Fault::WrongLetters)?;
            let mut sheet = content.sheets.pop().filter(|sheet| sheet.letters == typed);
            let sheet = sheet.take().ok_or(Fault::WrongLetters)?;
            content.sheets = vec![Sheet { confirmed: true, ..sheet }];
            Ok(())
        })
    }

    /// Opens with a recovery sheet as an owner, and gives that owner a new passphrase. [`Fault::WrongCode`] when
    /// the sheet is none of this file's, [`Fault::NotOwner`] for a user who is no owner: owners give staff a new
    /// passphrase themselves.
    pub fn recover(
        &mut self,
        code: &RecoveryCode,
        user: UserId,
        new: &str,
        cost: Cost,
        random: &mut dyn Random,
    ) -> Result<Opened, Fault> {
        self.must_be(Kind::Company)?;
        let content = &self.content;
        let entry = content.entry(user).ok_or(Fault::NoSuchUser)?;
        if entry.role != Role::Owner {
            return Err(Fault::NotOwner);
        }
        let unlocked = code.unlocked(&content.file_id.0);
        let (secret, public) = unlocked.pair(NOBODY);
        let public = envelope::public_bytes(&public);
        let sheet =
            content.sheets.iter().find(|sheet| sheet.public_key.0 == public).ok_or(Fault::WrongCode)?;
        if unlocked.anchor(NOBODY, content.owner()) != sheet.anchor.0 {
            return Err(Fault::ForgedRole);
        }
        let owners = Some((&sheet.hr_key, &sheet.owner_key));
        let opened =
            self.opened((NOBODY, Role::Owner), &secret, &sheet.register_key, owners, (user, &entry.name))?;
        self.change_passphrase(&opened, user, new, cost, random)?;
        Ok(opened)
    }

    /// Remembers people as erased, so that no backup brings them back, and by what they are known again. What is
    /// already there changes nothing.
    pub fn record_erased(&mut self, by: &Opened, people: &[i64], marks: &[[u8; 16]]) -> Result<(), Fault> {
        self.change(by, |content| {
            content.erased.extend_from_slice(people);
            content.erased.sort_unstable();
            content.erased.dedup();
            content.marks.extend(marks.iter().map(|mark| Hex(*mark)));
            content.marks.sort_unstable_by_key(|mark| mark.0);
            content.marks.dedup();
            Ok(())
        })
    }

    /// The one place where a key file changes: an owner of this register, a changed copy, the next revision, a
    /// new signature. A change that leaves all as it was is none.
    fn change(
        &mut self,
        by: &Opened,
        change: impl FnOnce(&mut Content) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let signing = &by.owner.as_ref().ok_or(Fault::NotOwner)?.signing;
        if signing.verifying_key().to_bytes() != self.content.owner_key.0 {
            return Err(Fault::NotOwner);
        }
        let mut changed = self.content.clone();
        change(&mut changed)?;
        if changed != self.content {
            changed.revision += 1;
            changed.sign(by.user, signing);
            self.content = changed;
        }
        Ok(())
    }

    fn must_be(&self, kind: Kind) -> Result<(), Fault> {
        if self.content.kind == kind { Ok(()) } else { Err(Fault::NotThisKind) }
    }

    fn found(
        kind: Kind,
        file_id: [u8; 16],
        owner_name: &str,
        kdf: Kdf,
        unlocked: &Unlocked,
        random: &mut dyn Random,
    ) -> Result<(Self, Opened), Fault> {
        let user = UserId(1);
        let register_key = RegisterKey(keys::drawn(random)?);
        let (owner, hr_public) = OwnerSecrets::new(1, keys::drawn(random)?, &*keys::drawn::<32>(random)?);
        let owner_key = owner.signing.verifying_key().to_bytes();
        let opened = Opened {
            user,
            name: owner_name.to_owned(),
            role: Role::Owner,
            owner_key: OwnerKey(owner_key),
            register_key,
            hr_public,
            owner: Some(owner),
        };
        let hr = Hr { generation: 1, public_key: Hex(envelope::public_bytes(&opened.hr_public.key)) };
        let mut file = Self {
            content: Content {
                version: 1,
                kind,
                file_id: Hex(file_id),
                revision: 0,
                owner_key: Hex(owner_key),
                hr,
                users: Vec::new(),
                erased: Vec::new(),
                marks: Vec::new(),
                next_user: 2,
                sheets_made: 0,
                sheets: Vec::new(),
                device: (),
                signed_by: user,
                signature: None,
            },
            own: Vec::new(),
        };
        file.change(&opened, |content| {
            content.users.push(sealed_entry(
                content,
                &opened,
                user,
                owner_name,
                Role::Owner,
                kdf,
                unlocked,
                random,
            )?);
            Ok(())
        })?;
        Ok((file, opened))
    }

    /// What opens an entry's slot: the 合言葉, or the one that its user changed it to.
    fn unlocked(&self, entry: &Entry, passphrase: &str) -> Result<Unlocked, Fault> {
        match self.own.iter().find(|own| own.follows(entry)) {
            Some(own) => own.unlocked(&self.content, passphrase),
            None => Unlocked::by_kdf(&entry.kdf, passphrase, &self.content.file_id.0),
        }
    }

    fn open_slot(&self, entry: &Entry, unlocked: &Unlocked) -> Result<Opened, Fault> {
        let content = &self.content;
        let (secret, public) = unlocked.pair(entry.id);
        if envelope::public_bytes(&public) != entry.public_key.0 {
            return Err(Fault::WrongPassphrase);
        }
        // From here on the passphrase is right: what does not fit was made by someone else.
        if unlocked.anchor(entry.id, content.owner()) != entry.anchor.0 {
            return Err(Fault::ForgedRole);
        }
        let owners = entry.hr_key.as_ref().zip(entry.owner_key.as_ref());
        self.opened((entry.id, entry.role), &secret, &entry.register_key, owners, (entry.id, &entry.name))
    }

    /// What a slot at `place` holds, in the hands of `user`.
    fn opened(
        &self,
        (id, role): (UserId, Role),
        secret: &Secret,
        register_key: &Hex<{ 48 + envelope::EXTRA }>,
        owners: Option<(&OwnersHex, &OwnersHex)>,
        (user, name): (UserId, &str),
    ) -> Result<Opened, Fault> {
        let content = &self.content;
        let unsealed = |what: Held, envelope: &[u8]| {
            envelope::open(secret, PURPOSE, &place(content, id, role, what), envelope)
        };
        let damaged = || Fault::Damaged("a slot does not hold what it says".into());
        let register_key = unsealed(Held::Register, &register_key.0).ok_or_else(damaged)?;
        let owner = match owners {
            Some((hr, signing)) => {
                let hr =
                    unsealed(Held::Hr, &hr.0).and_then(|bytes| keys::exactly(&bytes)).ok_or_else(damaged)?;
                let seed: Zeroizing<[u8; 32]> = unsealed(Held::Owner, &signing.0)
                    .and_then(|bytes| keys::exactly(&bytes))
                    .ok_or_else(damaged)?;
                let (owner, hr_public) = OwnerSecrets::new(content.hr.generation, hr, &seed);
                if envelope::public_bytes(&hr_public.key) != content.hr.public_key.0
                    || owner.signing.verifying_key().to_bytes() != content.owner_key.0
                {
                    return Err(damaged());
                }
                Some(owner)
            }
            None => None,
        };
        Ok(Opened {
            user,
            name: name.to_owned(),
            role,
            owner_key: content.owner(),
            register_key: RegisterKey(keys::exactly(&register_key).ok_or_else(damaged)?),
            hr_public: HrPublic {
                generation: content.hr.generation,
                key: envelope::public(&content.hr.public_key.0)?,
            },
            owner,
        })
    }
}

/// An envelope around one of the keys that only owners hold.
type OwnersHex = Hex<{ 32 + envelope::EXTRA }>;

/// What an envelope in a slot holds.
#[derive(Clone, Copy)]
pub(crate) enum Held {
    Register,
    Hr,
    Owner,
}

/// Where a slot's envelope belongs; in another file, slot, role or field it does not open.
pub(crate) fn place(content: &Content, user: UserId, role: Role, what: Held) -> Vec<u8> {
    let kind: u8 = match content.kind {
        Kind::Company => 1,
        Kind::Sample => 2,
    };
    let role: u8 = match role {
        Role::Owner => 1,
        Role::Staff => 2,
    };
    let what: u8 = match what {
        Held::Register => 1,
        Held::Hr => 2,
        Held::Owner => 3,
    };
    // Every part has a fixed length, so no two places look alike.
    [&content.file_id.0[..], &[kind, role, what], &user.0.to_be_bytes(), &content.hr.generation.to_be_bytes()]
        .concat()
}

fn new_slot(
    passphrase: &str,
    cost: Cost,
    file_id: &[u8; 16],
    random: &mut dyn Random,
) -> Result<(Kdf, Unlocked), Fault> {
    cost.check()?;
    passphrase::check_new(passphrase)?;
    let mut salt = [0; 16];
    random.fill(&mut salt)?;
    let Cost { memory_kib, passes, lanes } = cost;
    let unlocked = Unlocked::by_passphrase(passphrase, cost, &salt, file_id)?;
    Ok((Kdf::Argon2id { memory_kib, passes, lanes, salt: Hex(salt) }, unlocked))
}

/// A user's entry, with copies of the keys that `by` holds.
#[expect(
    clippy::too_many_arguments,
    reason = "an entry has that many parts, and a struct for them is the entry"
)]
fn sealed_entry(
    content: &Content,
    by: &Opened,
    id: UserId,
    name: &str,
    role: Role,
    kdf: Kdf,
    unlocked: &Unlocked,
    random: &mut dyn Random,
) -> Result<Entry, Fault> {
    let (_, public) = unlocked.pair(id);
    let (register_key, owners) = sealed_keys(content, by, id, role, &public, random)?;
    let (hr_key, owner_key) = owners.unzip();
    Ok(Entry {
        id,
        name: name.to_owned(),
        role,
        kdf,
        public_key: Hex(envelope::public_bytes(&public)),
        anchor: Hex(unlocked.anchor(id, content.owner())),
        register_key,
        hr_key,
        owner_key,
    })
}

/// A sheet's slot with copies of the keys that `by` holds.
fn sealed_sheet(
    content: &Content,
    by: &Opened,
    sheet: Sheet,
    public: &Public,
    random: &mut dyn Random,
) -> Result<Sheet, Fault> {
    let (register_key, owners) = sealed_keys(content, by, NOBODY, Role::Owner, public, random)?;
    let (hr_key, owner_key) = owners.ok_or(Fault::NotOwner)?;
    Ok(Sheet { register_key, hr_key, owner_key, ..sheet })
}

/// The keys that `by` holds, sealed to a slot: the register key, and for owners the HR key and the owner key.
fn sealed_keys(
    content: &Content,
    by: &Opened,
    id: UserId,
    role: Role,
    public: &Public,
    random: &mut dyn Random,
) -> Result<(Hex<{ 48 + envelope::EXTRA }>, Option<(OwnersHex, OwnersHex)>), Fault> {
    let owner = by.owner.as_ref().ok_or(Fault::NotOwner)?;
    let mut seal = |what: Held, plain: &[u8]| {
        envelope::seal(public, PURPOSE, &place(content, id, role, what), plain, random)
    };
    let register_key = fixed(seal(Held::Register, &*by.register_key.0)?);
    let owners = match role {
        Role::Owner => {
            let hr = fixed(seal(Held::Hr, &*owner.hr.material)?);
            Some((hr, fixed(seal(Held::Owner, owner.signing.as_bytes())?)))
        }
        Role::Staff => None,
    };
    Ok((register_key, owners))
}

fn fixed<const N: usize>(envelope: Vec<u8>) -> Hex<N> {
    Hex(envelope.try_into().expect("an envelope is as long as its content and EXTRA"))
}
