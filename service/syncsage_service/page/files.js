/**
 * Bytes of a log file as text, whatever editor or shell wrote it.
 * @module
 */

/** Bytes that tell the encoding. */
const SNIFF = 65536;
/** Characters that the service takes of one text. */
export const LONGEST = 8_000_000;

/**
 * Return the text of a file.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function decode(bytes) {
  const encoding = encodingOf(bytes);
  if (encoding) return new TextDecoder(encoding).decode(bytes).replaceAll('\0', '');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\0', '');
  } catch {
    return new TextDecoder('windows-1252').decode(bytes).replaceAll('\0', '');
  }
}

/**
 * Return the end of a text that is too long, from the beginning of a line.
 * @param {string} text
 * @returns {string}
 */
export function lastPart(text) {
  if (text.length <= LONGEST) return text;
  const tail = text.slice(-LONGEST);
  return tail.slice(tail.indexOf('\n') + 1);
}

/**
 * Return the encoding that a mark or the zeros of its characters give away, empty for one of single bytes.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
function encodingOf(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, SNIFF);
  const zeros = [0, 0];
  head.forEach((byte, place) => {
    if (byte === 0) zeros[place % 2] += 1;
  });
  const [even, odd] = zeros.map((count) => count / (head.length || 1));
  if (odd > 0.1 && even < 0.025) return 'utf-16le';
  return even > 0.1 && odd < 0.025 ? 'utf-16be' : '';
}
