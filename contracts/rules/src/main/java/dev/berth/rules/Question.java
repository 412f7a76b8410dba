package dev.berth.rules;

/// Something that depends on expressions, such as what of a document may be seen.
///
/// It is asked anew whenever a function has returned that it depends on, so it must be a pure
/// function of the truths that it is given.
@FunctionalInterface
public interface Question<T> {

  T answer(Truths truths);
}
