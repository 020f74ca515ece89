//! What people see and set of themselves.

use crate::api::transport::{Method, Request};
use crate::api::{Api, Failure};
use contract::profile::{ChangePassword, Device, Profile, UpdateProfile};
use contract::session::Items;
use domain::ids::DeviceId;
use domain::language::Language;
use web_sys::Blob;

impl Api {
    /// One's own profile.
    pub async fn profile(&self) -> Result<Profile, Failure> {
        self.get("/api/profile").await
    }

    /// Changes it.
    pub async fn update_profile(
        &self,
        version: u64,
        form: &UpdateProfile,
    ) -> Result<Profile, Failure> {
        self.put("/api/profile", version, form).await
    }

    /// Changes the language of one's screens and leaves the rest as it is.
    pub async fn change_language(&self, language: Language) -> Result<(), Failure> {
        let profile = self.profile().await?;
        let form = UpdateProfile {
            language,
            ..UpdateProfile::of(&profile)
        };
        self.update_profile(profile.version, &form).await.map(drop)
    }

    /// Changes one's own password; all other devices are logged out.
    pub async fn change_password(&self, form: &ChangePassword) -> Result<(), Failure> {
        let request = Request::with_json("/api/profile/password", form);
        self.ask(request).await.map(drop)
    }

    /// Where one is logged in.
    pub async fn devices(&self) -> Result<Items<Device>, Failure> {
        self.get("/api/profile/devices").await
    }

    /// Logs one of one's own devices out.
    pub async fn log_device_out(&self, id: DeviceId) -> Result<(), Failure> {
        self.delete(&format!("/api/profile/devices/{id}")).await
    }

    /// Sets one's own picture: PNG, JPEG or WebP.
    pub async fn set_avatar(&self, picture: Blob) -> Result<(), Failure> {
        self.put_file("/api/profile/avatar", picture).await
    }

    /// Takes it away.
    pub async fn remove_avatar(&self) -> Result<(), Failure> {
        self.delete("/api/profile/avatar").await
    }

    /// A file that needs the log-in: a picture, a recording, a sheet.
    pub async fn file(&self, path: &str) -> Result<Blob, Failure> {
        let request = &Request::new(Method::Get, path);
        self.with_token(
            |token| async move { crate::api::transport::file(request, Some(&token)).await },
        )
        .await
    }
}
