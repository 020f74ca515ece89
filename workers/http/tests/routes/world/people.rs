//! The people of two companies.

use super::NOW;
use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::ids::{CompanyId, UserId};
use domain::role::Role;
use std::sync::LazyLock;
use store::sqlite::Sqlite;
use uuid::Uuid;

/// Everybody's.
pub const PASSWORD: &str = "Practise-10-days!";

/// Troika is the company tests look at; Sagar is the one that must not be seen from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Person {
    SuperAdmin,
    /// Leads Rep and OtherRep.
    Manager,
    /// Of the same company, leads nobody.
    OtherManager,
    Rep,
    OtherRep,
    SagarManager,
    SagarRep,
    /// Of the team that OtherManager leads; only there once [`settle_other_team`] ran.
    OtherTeamsRep,
}

impl Person {
    /// Those who are always there.
    pub const ALL: [Person; 7] = [
        Person::SuperAdmin,
        Person::Manager,
        Person::OtherManager,
        Person::Rep,
        Person::OtherRep,
        Person::SagarManager,
        Person::SagarRep,
    ];

    pub fn id(self) -> UserId {
        UserId(Uuid::from_u128(0x100 + self as u128))
    }

    pub fn company(self) -> CompanyId {
        match self {
            Person::SagarManager | Person::SagarRep => CompanyId(Uuid::from_u128(2)),
            _ => CompanyId(Uuid::from_u128(1)),
        }
    }

    pub fn role(self) -> Role {
        match self {
            Person::SuperAdmin => Role::SuperAdmin,
            Person::Manager | Person::OtherManager | Person::SagarManager => Role::Manager,
            Person::Rep | Person::OtherRep | Person::SagarRep | Person::OtherTeamsRep => {
                Role::SalesRep
            }
        }
    }

    pub fn email(self) -> &'static str {
        match self {
            Person::SuperAdmin => "admin@troika.test",
            Person::Manager => "manager@troika.test",
            Person::OtherManager => "othermanager@troika.test",
            Person::Rep => "rep@troika.test",
            Person::OtherRep => "otherrep@troika.test",
            Person::SagarManager => "manager@sagar.test",
            Person::SagarRep => "rep@sagar.test",
            Person::OtherTeamsRep => "rep2@troika.test",
        }
    }
}

/// Writes companies, people, one team and one group each.
pub fn settle(db: &Sqlite) {
    let mut sql = String::new();
    for (company, name) in [
        (Person::Rep.company(), "Troika"),
        (Person::SagarRep.company(), "Sagar"),
    ] {
        sql += &format!(
            "INSERT INTO companies (id, name, plan_starts_at, created_at, updated_at) VALUES ('{company}', '{name}', {NOW}, {NOW}, {NOW});"
        );
    }
    for person in Person::ALL {
        write_person(&mut sql, person);
    }
    team(
        &mut sql,
        (0x201, "Team"),
        Person::Manager,
        &[Person::Rep, Person::OtherRep],
    );
    let sagars = (0x202, "Team");
    team(&mut sql, sagars, Person::SagarManager, &[Person::SagarRep]);
    db.script(&sql).unwrap();
}

/// Writes a second team of Troika, with its group and one rep; OtherManager leads it.
pub fn settle_other_team(db: &Sqlite) {
    let mut sql = String::new();
    write_person(&mut sql, Person::OtherTeamsRep);
    let reps = [Person::OtherTeamsRep];
    team(&mut sql, (0x203, "Team 2"), Person::OtherManager, &reps);
    db.script(&sql).unwrap();
}

fn write_person(sql: &mut String, person: Person) {
    *sql += &format!(
        "INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, created_at, updated_at)
         VALUES ('{}', '{}', '{}', '{}', '{}', 'Asha', 'Verma', {NOW}, {NOW});",
        person.id(),
        person.company(),
        person.email(),
        HASH.as_str(),
        person.role().as_str(),
    );
}

fn team(sql: &mut String, (number, name): (u128, &str), manager: Person, reps: &[Person]) {
    let (team, group) = (Uuid::from_u128(number), Uuid::from_u128(number + 0x100));
    let (company, manager) = (manager.company(), manager.id());
    *sql += &format!(
        "INSERT INTO teams (id, company_id, manager_id, name, created_at, updated_at)
         VALUES ('{team}', '{company}', '{manager}', '{name}', {NOW}, {NOW});
         INSERT INTO groups (id, company_id, team_id, name, weekdays, slot_minute, zone, created_at, updated_at)
         VALUES ('{group}', '{company}', '{team}', 'Group A', 63, 660, 'Asia/Kolkata', {NOW}, {NOW});"
    );
    for rep in reps {
        let rep = rep.id();
        *sql += &format!(
            "INSERT INTO team_members (company_id, team_id, user_id, joined_at) VALUES ('{company}', '{team}', '{rep}', {NOW});
             INSERT INTO group_members (team_id, group_id, user_id, joined_at) VALUES ('{team}', '{group}', '{rep}', {NOW});"
        );
    }
}

/// The password's hash, made once for all tests.
static HASH: LazyLock<String> = LazyLock::new(|| hash(Params::DEFAULT));

/// Hashes everybody's password.
pub fn hash(params: Params) -> String {
    let salt = SaltString::encode_b64(&[7; 16]).unwrap();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(PASSWORD.as_bytes(), &salt)
        .unwrap()
        .to_string()
}
