//! The key file in use: made, opened, changed.

use crate::content::{Content, Entry, Hex, Hr, Kdf, Kind, Role, UserId};
use crate::keys::{self, HrPublic, HrSecret, OwnerKey, OwnerSecrets, RegisterKey};
use crate::passphrase::{self, Cost, Unlocked};
use crate::{Fault, Random, envelope};
use zeroize::Zeroizing;

const PURPOSE: &[u8] = b"enishi 1 slot";

/// A key file that is whole and signed. Whose signature it is comes out on opening.
///
/// A change is made in memory and stays there until [`KeyFile::write`]; one that fails changes nothing.
/// Write the key file before what goes with it into the database, so that the file is never the older one.
#[derive(Clone, Debug)]
pub struct KeyFile {
    pub(crate) content: Content,
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
        Content::parse(bytes).map(|content| Self { content })
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

    /// The ids of erased people, ascending.
    pub fn erased(&self) -> &[i64] {
        &self.content.erased
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
            let unlocked = Unlocked::by_kdf(&entry.kdf, passphrase, &self.content.file_id.0)?;
            match self.open_slot(entry, &unlocked) {
                Err(Fault::WrongPassphrase) => {}
                other => return other,
            }
        }
        Err(Fault::WrongPassphrase)
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
        let last = self.content.users.last().map_or(0, |entry| entry.id.0);
        let user =
            UserId(last.checked_add(1).ok_or_else(|| Fault::Damaged("user numbers are used up".into()))?);
        self.change(by, |content| {
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

    /// Remembers people as erased, so that no backup brings them back. Ids already there change nothing.
    pub fn record_erased(&mut self, by: &Opened, people: &[i64]) -> Result<(), Fault> {
        self.change(by, |content| {
            content.erased.extend_from_slice(people);
            content.erased.sort_unstable();
            content.erased.dedup();
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
                recovery: (),
                device: (),
                signed_by: user,
                signature: None,
            },
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
        let unsealed = |what: Held, envelope: &[u8]| {
            envelope::open(&secret, PURPOSE, &place(content, entry.id, entry.role, what), envelope)
        };
        let damaged = || Fault::Damaged("a slot does not hold what it says".into());
        let register_key = unsealed(Held::Register, &entry.register_key.0).ok_or_else(damaged)?;
        let owner = match (&entry.hr_key, &entry.owner_key) {
            (Some(hr), Some(signing)) => {
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
            _ => None,
        };
        Ok(Opened {
            user: entry.id,
            name: entry.name.clone(),
            role: entry.role,
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
    let owner = by.owner.as_ref().ok_or(Fault::NotOwner)?;
    let (_, public) = unlocked.pair(id);
    let mut seal = |what: Held, plain: &[u8]| {
        envelope::seal(&public, PURPOSE, &place(content, id, role, what), plain, random)
    };
    let register_key = fixed(seal(Held::Register, &*by.register_key.0)?);
    let (hr_key, owner_key) = match role {
        Role::Owner => (
            Some(fixed(seal(Held::Hr, &*owner.hr.material)?)),
            Some(fixed(seal(Held::Owner, owner.signing.as_bytes())?)),
        ),
        Role::Staff => (None, None),
    };
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

fn fixed<const N: usize>(envelope: Vec<u8>) -> Hex<N> {
    Hex(envelope.try_into().expect("an envelope is as long as its content and EXTRA"))
}
