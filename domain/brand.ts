declare const brand: unique symbol;

/** A base type that only its own constructor function can make: two brands never mix by accident. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
