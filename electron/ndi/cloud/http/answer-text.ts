const TEXT_LENGTH = 500;
const HTML_LENGTH = 200;

/**
 * What a failing answer says, whatever its shape: NDI Cloud has no single one (message, message.error, error,
 * error.message, detail, code with errors, plain text, HTML of a gateway, XML of the storage, nothing at all).
 */
export function answerText(body: string, status: number, reason: string): string {
  const statusText = `HTTP ${status} ${reason}`.trim();
  const trimmed = body.trim();
  if (trimmed === '') return statusText;
  if (/^<(!doctype|html)/i.test(trimmed)) return `${statusText} ${withoutTags(trimmed).slice(0, HTML_LENGTH)}`.trim();
  const xml = /<Message>([^<]*)<\/Message>/.exec(trimmed)?.[1];
  if (trimmed.startsWith('<') && xml) return xml;
  return textOfJson(parseJson(trimmed)) ?? trimmed.slice(0, TEXT_LENGTH);
}

/** The code of a failure: of the account service in JSON, or of the storage in XML. */
export function answerCode(body: string): string | null {
  const xml = /<Code>([^<]*)<\/Code>/.exec(body)?.[1];
  if (xml !== undefined) return xml;
  const parsed = parseJson(body);
  const code = isRecord(parsed) ? parsed['code'] : null;
  return typeof code === 'string' ? code : null;
}

/**
 * A success in name only: the password route answers 200 with a code or errors.
 * @param body parsed
 */
export function saysFailure(body: unknown): boolean {
  if (!isRecord(body)) return false;
  const { code, errors } = body;
  if (typeof code === 'string' && code.endsWith('Exception')) return true;
  return Array.isArray(errors) ? errors.length > 0 : errors !== undefined && errors !== null && errors !== '';
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOfJson(body: unknown): string | null {
  if (typeof body === 'string') return body;
  if (!isRecord(body)) return null;
  for (const key of ['error', 'message', 'detail'] as const) {
    const value = body[key];
    if (typeof value === 'string' && value !== '') return value;
    if (isRecord(value)) {
      const inner = value['error'] ?? value['message'];
      if (typeof inner === 'string' && inner !== '') return inner;
    }
  }
  const errors = body['errors'];
  if (Array.isArray(errors) && typeof errors[0] === 'string') return errors.join(' ');
  return typeof errors === 'string' && errors !== '' ? errors : null;
}

function withoutTags(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
