//! `#[derive(FromRow)]`: reads a struct from a row, each field from the column of its name.
//!
//! What serde derives for the same structs is about five times as much code in the Worker, because it is made for fields in any
//! order, from any format.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, parse_macro_input};

/// Derives `store::FromRow` for a struct with named fields. Every field's type is a `store::Column`.
#[proc_macro_derive(FromRow)]
pub fn from_row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => &fields.named,
            _ => return refused(name),
        },
        _ => return refused(name),
    };
    let reads = fields.iter().filter_map(|field| {
        let field = field.ident.as_ref()?;
        let column = field.to_string();
        Some(quote!(#field: row.take(#column)?))
    });
    quote! {
        impl ::store::FromRow for #name {
            fn from_row(row: &mut ::store::Row<'_>) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self { #(#reads),* })
            }
        }
    }
    .into()
}

fn refused(name: &syn::Ident) -> TokenStream {
    Error::new(
        name.span(),
        "a row is read into a struct with named fields only",
    )
    .to_compile_error()
    .into()
}
