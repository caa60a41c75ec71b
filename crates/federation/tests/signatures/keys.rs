//! Which keys are taken.

use federation::signature::SignatureError::Invalid;
use federation::signature::{KeyCache, KeyError, VerifyingKey, generate};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use url::Url;

use super::{BOB, KEY_ID, Message, USUAL};

// SIG-19
#[test]
fn only_sound_rsa_keys_of_a_usual_size_are_taken() {
    let spki = |rsa: Rsa<_>| String::from_utf8(rsa.public_key_to_pem().unwrap()).unwrap();
    let made = |bits| {
        let rsa = Rsa::generate(bits).unwrap();
        let n = rsa.n().to_owned().unwrap();
        spki(Rsa::from_public_components(n, rsa.e().to_owned().unwrap()).unwrap())
    };
    let numbers = |bits: i32, odd: bool, e: u32| {
        let mut n = BigNum::new().unwrap();
        n.set_bit(bits - 1).unwrap();
        if odd {
            n.set_bit(0).unwrap();
        }
        spki(Rsa::from_public_components(n, BigNum::from_u32(e).unwrap()).unwrap())
    };
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let ec = EcKey::generate(&group).unwrap().public_key_to_pem().unwrap();
    let ec = String::from_utf8(ec).unwrap();
    let ed25519 = PKey::generate_ed25519().unwrap().public_key_to_pem().unwrap();

    for (pem, answer) in [
        (made(512), Err(KeyError::Size(512))),
        (made(1024), Err(KeyError::Size(1024))),
        (numbers(2047, true, 65537), Err(KeyError::Size(2047))),
        (numbers(4097, true, 65537), Err(KeyError::Size(4097))),
        (numbers(16384, true, 65537), Err(KeyError::Size(16384))),
        (numbers(2048, true, 1), Err(KeyError::Unsound("exponent"))),
        (numbers(2048, true, 65536), Err(KeyError::Unsound("exponent"))),
        (numbers(2048, false, 65537), Err(KeyError::Unsound("modulus"))),
        (ec.replace("PUBLIC KEY", "RSA PUBLIC KEY"), Err(KeyError::NotRsa)),
        (ec, Err(KeyError::NotRsa)),
        (String::from_utf8(ed25519).unwrap(), Err(KeyError::NotRsa)),
        (BOB.1.to_owned(), Err(KeyError::Pem)),
        (BOB.0.replace("MII", "MI!"), Err(KeyError::Pem)),
        (format!("{}{}", BOB.0, BOB.0), Err(KeyError::Pem)),
        (String::new(), Err(KeyError::Pem)),
        (numbers(2048, true, 3), Ok(())),
        (numbers(4096, true, 65537), Ok(())),
        (BOB.0.to_owned(), Ok(())),
        (BOB.0.replace('\n', "\r\n"), Ok(())),
    ] {
        assert_eq!(VerifyingKey::from_pem(&pem).map(|_| ()), answer, "{pem}");
    }
}

/// An encrypted PEM must not make anything ask for a password on the terminal.
#[test]
fn an_encrypted_key_is_refused_without_asking() {
    let (begin, rest) = BOB.0.split_once('\n').unwrap();
    let head = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00000000000000000000000000000000\n";
    let pem = format!("{begin}\n{head}\n{rest}");
    assert_eq!(VerifyingKey::from_pem(&pem).map(|_| ()), Err(KeyError::Pem));
}

#[test]
fn both_forms_of_a_public_key_are_read() {
    let signed = Message::post().signed(USUAL).read().unwrap();
    let pkcs1 = Rsa::public_key_from_pem(BOB.0.as_bytes()).unwrap();
    let pkcs1 = String::from_utf8(pkcs1.public_key_to_pem_pkcs1().unwrap()).unwrap();
    assert!(pkcs1.starts_with("-----BEGIN RSA PUBLIC KEY-----"));
    assert_eq!(signed.verify(&VerifyingKey::from_pem(&pkcs1).unwrap()), Ok(()));
}

#[test]
fn a_cached_key_counts_only_with_the_text_it_came_from() {
    let cache = KeyCache::new();
    let key_id: Url = KEY_ID.parse().unwrap();
    let signed = Message::post().signed(USUAL).read().unwrap();
    let mallory = generate().unwrap().0;
    for (pem, answer) in [(mallory.as_str(), Err(Invalid)), (BOB.0, Ok(())), (BOB.0, Ok(()))] {
        assert_eq!(signed.verify(&cache.get_or_parse(&key_id, pem).unwrap()), answer);
    }
    assert!(cache.get_or_parse(&key_id, "nothing").is_err());
    assert_eq!(cache.get_or_parse_signing(&key_id, BOB.1).unwrap().key_id(), &key_id);
    assert!(!format!("{:?}", cache.get_or_parse_signing(&key_id, BOB.1)).contains("PRIVATE"));
    cache.forget(&key_id);
}
