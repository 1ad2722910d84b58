/** How personal data appear to those who need not read them: enough to tell that it is the client meant, no more. */

/** `***.982.247-**`: as the federal government publishes CPFs. */
export function maskCpf(cpf: string): string {
  return `***.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-**`;
}

/** `A** S****`: a word's first letter and as many stars as were letters. */
export function maskName(name: string): string {
  return name.replace(/\S+/gu, (word) => {
    const [first = '', ...rest] = word;
    return first + '*'.repeat(rest.length);
  });
}

/** `a***@example.com`, whatever the length. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}***${email.slice(at)}`;
}

const PHONE_DIGITS_SHOWN = 4;

/** `*********4321`. */
export function maskPhone(phone: string): string {
  return phone.slice(-PHONE_DIGITS_SHOWN).padStart(phone.length, '*');
}
