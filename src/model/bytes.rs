//! Bytes beside bytes.

/// Whether both are the same. In WebAssembly `==` compares a byte at a time, and this eight; texts
/// that are looked up in dictionaries are compared once for each value of each event.
#[inline]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let words = |(a, b): (&[u8; 8], &[u8; 8])| u64::from_le_bytes(*a) == u64::from_le_bytes(*b);
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        // The last eight may overlap those before them.
        (Some(a_end), Some(b_end)) => {
            words((a_end, b_end)) && a.as_chunks().0.iter().zip(b.as_chunks().0).all(words)
        },
        _ => a.iter().zip(b).all(|(a, b)| a == b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_in_one_byte_are_not_the_same() {
        for len in 0..40 {
            let text: Vec<u8> = (0..len).collect();
            assert!(same(&text, &text.clone()));
            assert!(!same(&text, &[&text[..], &[0]].concat()));
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 1;
                assert!(!same(&text, &other), "{len} bytes, other at {at}");
            }
        }
    }
}
