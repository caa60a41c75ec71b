//! Promises that hold on every page, whatever it shows.

use crate::samples;

fn count(html: &str, needle: &str) -> usize {
    html.matches(needle).count()
}

#[test]
fn every_page_has_one_main_heading_and_says_its_language() {
    for (name, html) in samples::all().unwrap() {
        assert_eq!(count(&html, "<h1"), 1, "{name}");
        assert!(html.contains("<html lang=\"en\">"), "{name}");
        assert_eq!(count(&html, "<main"), 1, "{name}");
    }
}

#[test]
fn no_page_carries_a_script_a_style_or_anything_from_elsewhere() {
    for (name, html) in samples::all().unwrap() {
        let data = count(&html, "<script type=\"application/ld+json\">");
        assert_eq!(count(&html, "<script"), data, "{name}");
        for foreign in ["<style", " style=", " onclick=", "src=\"http", "<img", "<iframe"] {
            assert_eq!(count(&html, foreign), 0, "{name}: {foreign}");
        }
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token_and_says_where_it_goes() {
    for (name, html) in samples::all().unwrap() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("action=\""), "{name}: {form}");
            if form.contains("method=\"post\"") {
                assert!(form.contains("name=\"csrf\" value=\"f00d\""), "{name}: {form}");
            }
        }
    }
}

#[test]
fn every_label_belongs_to_a_field_and_every_link_within_a_page_leads_somewhere() {
    for (name, html) in samples::all().unwrap() {
        for prefix in ["<label for=\"", "href=\"#", "aria-labelledby=\""] {
            for target in html.split(prefix).skip(1) {
                let target = target.split('"').next().unwrap();
                assert!(html.contains(&format!(" id=\"{target}\"")), "{name}: {target}");
            }
        }
    }
}

#[test]
fn no_id_is_on_a_page_twice() {
    for (name, html) in samples::all().unwrap() {
        for id in html.split(" id=\"").skip(1) {
            let id = id.split('"').next().unwrap();
            assert_eq!(count(&html, &format!(" id=\"{id}\"")), 1, "{name}: {id}");
        }
    }
}

#[test]
fn no_page_weighs_more_than_a_hundred_kilobytes_with_its_stylesheet() {
    let stylesheet = web::assets::STYLESHEET.bytes().len();
    for (name, html) in samples::all().unwrap() {
        assert!(html.len() + stylesheet < 100_000, "{name}: {}", html.len());
    }
}

#[test]
fn what_people_write_stays_text() {
    for (name, html) in samples::all().unwrap() {
        assert_eq!(count(&html, "<b>hello"), 0, "{name}");
    }
}
