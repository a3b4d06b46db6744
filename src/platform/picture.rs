//! A drawing as a PNG file.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{save::download, time::window};

/// Paints an SVG of that size and has the browser save it.
pub(super) async fn save(name: &str, svg: &str, wide: f64, tall: f64) -> Result<(), JsValue> {
    let document = window().document().ok_or(JsValue::NULL)?;
    let image = document.create_element("img")?;
    let text = js_sys::encode_uri_component(&worn(svg));
    Reflect::set(&image, &"src".into(), &format!("data:image/svg+xml,{text}").into())?;
    let decoded = call(&image, "decode", &[])?;
    JsFuture::from(Promise::from(decoded)).await?;
    let canvas = document.create_element("canvas")?;
    Reflect::set(&canvas, &"width".into(), &wide.into())?;
    Reflect::set(&canvas, &"height".into(), &tall.into())?;
    let context = call(&canvas, "getContext", &["2d".into()])?;
    call(&context, "drawImage", &[image.into(), 0.into(), 0.into()])?;
    let url = call(&canvas, "toDataURL", &[])?.as_string().ok_or(JsValue::NULL)?;
    download(&url, name).map_err(JsValue::from)
}

/// With the colours that it names as `var(--name)` as the page wears them now.
fn worn(svg: &str) -> String {
    let root = window().document().and_then(|it| it.document_element());
    let style = root.and_then(|it| window().get_computed_style(&it).ok().flatten());
    let colour = |name: &str| {
        style.as_ref().and_then(|it| it.get_property_value(name).ok()).unwrap_or_default()
    };
    let mut parts = svg.split("var(");
    let mut worn = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(')').unwrap_or(("", part));
        worn.push_str(colour(name).trim());
        worn.push_str(rest);
    }
    worn
}

/// What the bindings of the browser do not name, since the page needs it only here.
fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    method.apply(object, &arguments.iter().collect::<Array>())
}
