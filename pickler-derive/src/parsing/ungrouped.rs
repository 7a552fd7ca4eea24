//! Types that came through `macro_rules!`.

use syn::{Data, DeriveInput, Fields, GenericArgument, PathArguments, Type};

/// A `$type:ty` comes wrapped in a group that nobody sees. Without it, a type is
/// known for what it is.
pub fn ungroup(input: &mut DeriveInput) {
    match &mut input.data {
        Data::Struct(data) => ungroup_fields(&mut data.fields),
        Data::Enum(data) => {
            for variant in &mut data.variants {
                ungroup_fields(&mut variant.fields);
            }
        }
        Data::Union(_) => {}
    }
}

fn ungroup_fields(fields: &mut Fields) {
    for field in fields {
        ungroup_type(&mut field.ty);
    }
}

fn ungroup_type(ty: &mut Type) {
    while let Type::Group(group) = ty {
        *ty = (*group.elem).clone();
    }
    match ty {
        Type::Array(array) => ungroup_type(&mut array.elem),
        Type::Reference(reference) => ungroup_type(&mut reference.elem),
        Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(ungroup_type),
        Type::Path(path) => {
            for segment in &mut path.path.segments {
                ungroup_arguments(&mut segment.arguments);
            }
        }
        _ => {}
    }
}

fn ungroup_arguments(arguments: &mut PathArguments) {
    if let PathArguments::AngleBracketed(arguments) = arguments {
        for argument in &mut arguments.args {
            if let GenericArgument::Type(ty) = argument {
                ungroup_type(ty);
            }
        }
    }
}
