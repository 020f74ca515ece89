//! Who is in the demo: two companies that must never see each other.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::ids::{CompanyId, GroupId, TeamId, UserId};
use domain::role::Role;
use rusqlite::{Connection, OptionalExtension, params};

use super::clock::{WEEKDAYS, ZONE};
use super::ids::{self, BEGINNING_MS};
use super::{DEMO_PASSWORD, refused};
use crate::error::Result;

/// A company with one team.
pub struct Company {
    /// Its name.
    pub name: &'static str,
    plan: &'static str,
    team: &'static str,
    /// The team's manager.
    pub manager: Person,
    admin: Option<Person>,
    /// The team's groups.
    pub groups: &'static [Group],
}

/// Somebody with a log-in.
pub struct Person {
    /// The part of the address before the @.
    pub mailbox: &'static str,
    first_name: &'static str,
    last_name: &'static str,
}

/// A group and its slot.
pub struct Group {
    name: &'static str,
    /// Minutes after local midnight.
    pub slot_minute: u16,
    /// Who practises in it.
    pub reps: &'static [Rep],
}

/// A rep, and the way they have come so far.
pub struct Rep {
    /// Who it is.
    pub person: Person,
    /// Days of the programme completed when the demo is first made.
    pub done: u8,
    /// Days whose first slot was missed.
    pub missed: &'static [u8],
    /// Days that were started late.
    pub late: &'static [u8],
    /// Practice dates since the last completed day: somebody who has finished, or who stays away.
    pub rested: u8,
    /// What share of an answer they bring on day 1, percent.
    pub skill: u8,
    /// What they gain a day, percent.
    pub gain: u8,
    /// A person plays them in the demo, so nothing happens to them by itself.
    pub by_hand: bool,
    /// What their manager wrote about the latest session.
    pub note: Option<&'static str>,
}

const fn person(
    mailbox: &'static str,
    first_name: &'static str,
    last_name: &'static str,
) -> Person {
    Person {
        mailbox,
        first_name,
        last_name,
    }
}

/// Somebody in the middle of the programme.
const fn rep(person: Person, done: u8, skill: u8, gain: u8) -> Rep {
    Rep {
        person,
        done,
        missed: &[],
        late: &[],
        rested: 0,
        skill,
        gain,
        by_hand: false,
        note: None,
    }
}

/// The companies of the demo.
pub const COMPANIES: [Company; 2] = [
    Company {
        name: "Troika Tech Demo",
        plan: "premium",
        team: "WhatsApp Marketing, West",
        manager: person("manager", "Meera", "Kulkarni"),
        admin: Some(person("admin", "Arjun", "Rao")),
        groups: &[
            Group {
                name: "Group A",
                slot_minute: 11 * 60,
                reps: &[
                    Rep {
                        missed: &[3],
                        late: &[5],
                        by_hand: true,
                        note: Some(
                            "Asha, your reasons come before your advice now, and it shows. Next: leave out \"maybe\" in the first answer too.",
                        ),
                        ..rep(person("rep", "Asha", "Verma"), 6, 38, 6)
                    },
                    Rep {
                        late: &[2],
                        ..rep(person("rohan.shetty", "Rohan", "Shetty"), 7, 55, 4)
                    },
                    Rep {
                        missed: &[2, 4, 5],
                        ..rep(person("imran.sheikh", "Imran", "Sheikh"), 5, 30, 3)
                    },
                    Rep {
                        rested: 6,
                        ..rep(person("kavya.nair", "Kavya", "Nair"), 10, 60, 4)
                    },
                    Rep {
                        missed: &[6],
                        ..rep(person("vikas.yadav", "Vikas", "Yadav"), 6, 45, 2)
                    },
                ],
            },
            Group {
                name: "Group B",
                slot_minute: 15 * 60,
                reps: &[
                    Rep {
                        rested: 9,
                        missed: &[5],
                        ..rep(person("sneha.patil", "Sneha", "Patil"), 10, 42, 6)
                    },
                    Rep {
                        late: &[1, 4, 8],
                        ..rep(person("amit.chauhan", "Amit", "Chauhan"), 8, 35, 5)
                    },
                    rep(person("farah.khan", "Farah", "Khan"), 9, 52, 5),
                    Rep {
                        missed: &[2, 3],
                        rested: 4,
                        ..rep(person("deepak.joshi", "Deepak", "Joshi"), 3, 28, 2)
                    },
                    rep(person("ananya.iyer", "Ananya", "Iyer"), 4, 58, 6),
                ],
            },
            Group {
                name: "Group C",
                slot_minute: 18 * 60 + 30,
                reps: &[
                    Rep {
                        rested: 3,
                        late: &[6],
                        ..rep(person("harpreet.singh", "Harpreet", "Singh"), 10, 48, 5)
                    },
                    rep(person("priya.deshmukh", "Priya", "Deshmukh"), 5, 40, 7),
                    Rep {
                        missed: &[1, 4],
                        late: &[2, 3],
                        ..rep(person("suresh.pillai", "Suresh", "Pillai"), 7, 33, 3)
                    },
                    rep(person("nikita.agarwal", "Nikita", "Agarwal"), 2, 50, 4),
                ],
            },
        ],
    },
    Company {
        name: "Sagar Sales",
        plan: "trial",
        team: "Field sales",
        manager: person("other", "Sagar", "Bhatt"),
        admin: None,
        groups: &[Group {
            name: "Group A",
            slot_minute: 12 * 60,
            reps: &[
                Rep {
                    late: &[2],
                    by_hand: true,
                    ..rep(person("otherrep", "Jyoti", "Solanki"), 3, 44, 5)
                },
                rep(person("manish.trivedi", "Manish", "Trivedi"), 4, 37, 6),
                Rep {
                    missed: &[2],
                    ..rep(person("rukhsar.ali", "Rukhsar", "Ali"), 3, 51, 4)
                },
            ],
        }],
    },
];

impl Company {
    /// Its id.
    pub fn id(&self) -> CompanyId {
        ids::of(self.name)
    }

    /// Its team.
    pub fn team_id(&self) -> TeamId {
        ids::of(&format!("{}: {}", self.name, self.team))
    }

    /// One of its groups.
    pub fn group_id(&self, group: &Group) -> GroupId {
        ids::of(&format!("{}: {}", self.name, group.name))
    }
}

impl Person {
    /// Their address.
    pub fn email(&self) -> String {
        format!("{}@salescaptain.test", self.mailbox)
    }

    /// Their id.
    pub fn id(&self) -> UserId {
        ids::of(&self.email())
    }
}

/// Adds the companies that are not there yet, with everybody in them. People may be changed in the demo and stay so.
pub fn settle(database: &Connection, now: u64) -> Result<()> {
    for company in &COMPANIES {
        if !is_there(database, company).map_err(refused)? {
            let hash = password_hash(database)?;
            found(database, company, &hash, now).map_err(refused)?;
        }
    }
    Ok(())
}

fn is_there(database: &Connection, company: &Company) -> rusqlite::Result<bool> {
    database.query_row(
        "SELECT EXISTS (SELECT 1 FROM companies WHERE id = ?1)",
        [company.id().to_string()],
        |row| row.get(0),
    )
}

fn found(database: &Connection, company: &Company, hash: &str, now: u64) -> rusqlite::Result<()> {
    database.execute(
        "INSERT INTO companies (id, name, plan, max_users, plan_starts_at, created_at, updated_at)
         VALUES (?1, ?2, ?3, 1000, ?4, ?4, ?4)",
        params![
            company.id().to_string(),
            company.name,
            company.plan,
            BEGINNING_MS
        ],
    )?;
    if let Some(admin) = &company.admin {
        add_user(database, company, admin, Role::SuperAdmin, hash)?;
    }
    add_user(database, company, &company.manager, Role::Manager, hash)?;
    database.execute(
        "INSERT INTO teams (id, company_id, manager_id, name, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        params![
            company.team_id().to_string(),
            company.id().to_string(),
            company.manager.id().to_string(),
            company.team,
            BEGINNING_MS
        ],
    )?;
    for group in company.groups {
        database.execute(
            "INSERT INTO groups (id, company_id, team_id, name, weekdays, slot_minute, zone, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
            params![
                company.group_id(group).to_string(),
                company.id().to_string(),
                company.team_id().to_string(),
                group.name,
                WEEKDAYS,
                group.slot_minute,
                ZONE,
                BEGINNING_MS
            ],
        )?;
        for rep in group.reps {
            add_user(database, company, &rep.person, Role::SalesRep, hash)?;
            join(database, company, group, &rep.person, now)?;
        }
    }
    Ok(())
}

fn add_user(
    database: &Connection,
    company: &Company,
    person: &Person,
    role: Role,
    hash: &str,
) -> rusqlite::Result<()> {
    database.execute(
        "INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
        params![
            person.id().to_string(),
            company.id().to_string(),
            person.email(),
            hash,
            role.as_str(),
            person.first_name,
            person.last_name,
            BEGINNING_MS
        ],
    )?;
    Ok(())
}

fn join(
    database: &Connection,
    company: &Company,
    group: &Group,
    person: &Person,
    now: u64,
) -> rusqlite::Result<()> {
    let (team, user) = (company.team_id().to_string(), person.id().to_string());
    database.execute(
        "INSERT INTO team_members (company_id, team_id, user_id, joined_at) VALUES (?1, ?2, ?3, ?4)",
        params![company.id().to_string(), team, user, now],
    )?;
    database.execute(
        "INSERT INTO group_members (team_id, group_id, user_id, joined_at) VALUES (?1, ?2, ?3, ?4)",
        params![team, company.group_id(group).to_string(), user, now],
    )?;
    Ok(())
}

/// The hash of the demo's password: the one that stands there already, else a new one, as the Worker makes them.
pub fn password_hash(database: &Connection) -> Result<String> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT);
    let [demo, _] = &COMPANIES;
    let known: Option<String> = database
        .query_row(
            "SELECT password_hash FROM users WHERE id = ?1",
            [demo.manager.id().to_string()],
            |row| row.get(0),
        )
        .optional()
        .map_err(refused)?;
    // Whoever plays with the demo may have changed the manager's password.
    let opens = |hash: &String| {
        PasswordHash::new(hash).is_ok_and(|hash| {
            argon2
                .verify_password(DEMO_PASSWORD.as_bytes(), &hash)
                .is_ok()
        })
    };
    if let Some(hash) = known.filter(opens) {
        return Ok(hash);
    }
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(refused)?;
    let salt = SaltString::encode_b64(&salt).map_err(refused)?;
    argon2
        .hash_password(DEMO_PASSWORD.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(refused)
}
