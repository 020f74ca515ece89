//! Companies: settings and subscription.

use crate::api::transport::{Method, Request};
use crate::api::{Api, Failure};
use contract::companies::{Company, CompanyQuery, CreateCompany, UpdateCompany};
use contract::page::Page;
use domain::ids::CompanyId;
use web_sys::Blob;

impl Api {
    /// All companies, in the order in which they came.
    pub async fn companies(&self, query: &CompanyQuery) -> Result<Page<Company>, Failure> {
        self.list("/api/companies", query).await
    }

    /// One company.
    pub async fn company(&self, id: CompanyId) -> Result<Company, Failure> {
        self.get(&format!("/api/companies/{id}")).await
    }

    /// Makes a company.
    pub async fn make_company(&self, form: &CreateCompany, key: &str) -> Result<Company, Failure> {
        self.create("/api/companies", form, key).await
    }

    /// Changes a company's settings; super admins also its subscription.
    pub async fn update_company(
        &self,
        id: CompanyId,
        version: u64,
        form: &UpdateCompany,
    ) -> Result<Company, Failure> {
        self.put(&format!("/api/companies/{id}"), version, form)
            .await
    }

    /// Deletes a closed company with everybody and everything in it.
    pub async fn delete_company(&self, id: CompanyId) -> Result<(), Failure> {
        self.delete(&format!("/api/companies/{id}")).await
    }

    /// Sets a company's logo: PNG, JPEG or WebP.
    pub async fn set_logo(&self, id: CompanyId, picture: Blob) -> Result<(), Failure> {
        self.put_file(&format!("/api/companies/{id}/logo"), picture)
            .await
    }

    /// Takes it away.
    pub async fn remove_logo(&self, id: CompanyId) -> Result<(), Failure> {
        let path = format!("/api/companies/{id}/logo");
        self.ask(Request::new(Method::Delete, &path))
            .await
            .map(drop)
    }
}
