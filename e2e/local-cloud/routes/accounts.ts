import { randomInt, scryptSync, timingSafeEqual, randomBytes } from 'node:crypto';
import { created, done, ok, refuse, type Answer } from '../answers.ts';
import type { Cloud } from '../cloud.ts';
import { objectBody, textField, userOf, type Request, type Routes } from '../request.ts';
import type { Row } from '../store/database.ts';

const CODE_LIFE_MS = 24 * 3600 * 1000;

export const accountRoutes: Routes = {
  login(request) {
    const { cloud } = request;
    const body = objectBody(request);
    const user = byEmail(cloud, textField(body, 'email'));
    if (user === undefined || !matches(textField(body, 'password'), String(user['password']))) {
      throw refuse.message(401, 'Incorrect username or password.');
    }
    if (user['is_validated'] !== 1) {
      throw refuse.code(400, 'UserNotConfirmedException', 'User is not confirmed.');
    }
    const life = cloud.settings.tokenLifeSec;
    const now = cloud.now() / 1000;
    const token = cloud.tokens.issue({
      sub: String(user['id']),
      email: String(user['email']),
      iss: cloud.origin,
      iat: Math.floor(now),
      exp: Math.floor(now + life),
      jti: randomBytes(8).toString('hex'),
    });
    return ok({ token, expiresIn: life, user: userJson(cloud, user) });
  },

  logout({ cloud, claims }) {
    if (cloud.settings.logoutRevokes && claims !== null) cloud.tokens.revoke(claims);
    return done('Signed out');
  },

  createUser(request) {
    const { cloud } = request;
    const body = objectBody(request);
    const email = textField(body, 'email');
    const name = textField(body, 'name');
    if (!/^\S+@\S+$/.test(email)) throw refuse.code(400, 'InvalidParameterException', 'Invalid email address format.');
    if (byEmail(cloud, email) !== undefined) {
      throw refuse.code(400, 'UsernameExistsException', 'User already exists');
    }
    const password = acceptedPassword(body['password']);
    const user = addUser(cloud, { email, name, password, isValidated: false, organization: `${name}’s organization` });
    sendCode(cloud, user);
    return created(userJson(cloud, user));
  },

  resendConfirmation(request) {
    const user = knownUser(request);
    if (user['is_validated'] === 1) {
      throw refuse.code(400, 'InvalidParameterException', 'User is already confirmed.');
    }
    sendCode(request.cloud, user);
    return done();
  },

  verifyUser(request) {
    const user = knownUser(request);
    if (user['is_validated'] === 1) {
      throw refuse.code(400, 'NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED');
    }
    checkCode(request, user);
    request.cloud.db.run('UPDATE users SET is_validated = 1, code = NULL WHERE id = ?', String(user['id']));
    return done();
  },

  changePassword(request) {
    const user = userOf(request);
    const body = objectBody(request);
    if (!matches(textField(body, 'oldPassword'), String(user['password']))) {
      throw refuse.code(400, 'NotAuthorizedException', 'Incorrect username or password.');
    }
    setPassword(request.cloud, user, acceptedPassword(body['newPassword']));
    return done();
  },

  forgotPassword(request) {
    sendCode(request.cloud, knownUser(request));
    return done();
  },

  /** Failure with status 200: that is how the service does it. */
  confirmPassword(request): Answer {
    const body = objectBody(request);
    const user = byEmail(request.cloud, textField(body, 'email'));
    if (user === undefined || user['code'] === null || user['code'] !== body['confirmationCode']) {
      return ok({ errors: ['Invalid verification code provided, please try again.'], code: 'CodeMismatchException' });
    }
    if (Number(user['code_until']) < request.cloud.now()) {
      return ok({ errors: ['Invalid code provided, please request a code again.'], code: 'ExpiredCodeException' });
    }
    setPassword(request.cloud, user, acceptedPassword(body['newPassword']));
    return done('ok');
  },

  getCurrentUser(request) {
    return ok(userJson(request.cloud, userOf(request)));
  },

  getUser(request) {
    const user = request.cloud.db.get('SELECT * FROM users WHERE id = ?', request.path['userId'] ?? '');
    if (user === undefined) throw refuse.notFound('User');
    return ok(userJson(request.cloud, user));
  },

  addBookmark(request) {
    const ids = [String(userOf(request)['id']), request.path['datasetId'] ?? ''];
    request.cloud.db.run('INSERT OR IGNORE INTO bookmarks VALUES (?, ?)', ...ids);
    return done();
  },

  removeBookmark(request) {
    const ids = [String(userOf(request)['id']), request.path['datasetId'] ?? ''];
    request.cloud.db.run('DELETE FROM bookmarks WHERE user_id = ? AND dataset_id = ?', ...ids);
    return done();
  },
};

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly isValidated?: boolean;
  readonly isAdmin?: boolean;
  /** Name of the organization made with it. */
  readonly organization: string;
  readonly canUpload?: boolean;
}

/** A new account with an organization of its own. */
export function addUser(cloud: Cloud, user: NewUser): Row {
  const id = cloud.newId();
  cloud.db.run(
    'INSERT INTO users (id, email, name, password, is_admin, is_validated) VALUES (?, ?, ?, ?, ?, ?)',
    ...[
      id,
      user.email,
      user.name,
      hashed(user.password),
      user.isAdmin === true ? 1 : 0,
      user.isValidated === false ? 0 : 1,
    ],
  );
  addOrganization(cloud, user.organization, [id], user.canUpload);
  return cloud.db.get('SELECT * FROM users WHERE id = ?', id) as Row;
}

export function addOrganization(cloud: Cloud, name: string, userIds: readonly string[], canUpload = true): string {
  const id = cloud.newId();
  cloud.db.run('INSERT INTO organizations VALUES (?, ?, ?)', id, name, canUpload ? 1 : 0);
  for (const userId of userIds) cloud.db.run('INSERT INTO members VALUES (?, ?)', userId, id);
  return id;
}

export function organizationsOf(cloud: Cloud, userId: string): Row[] {
  return cloud.db.all(
    'SELECT o.* FROM organizations o JOIN members m ON m.organization_id = o.id WHERE m.user_id = ? ORDER BY o.id',
    userId,
  );
}

function userJson(cloud: Cloud, user: Row) {
  const id = String(user['id']);
  const bookmarks = cloud.db.all<{ dataset_id: string }>('SELECT dataset_id FROM bookmarks WHERE user_id = ?', id);
  return {
    id,
    name: user['name'],
    email: user['email'],
    isValidated: user['is_validated'] === 1,
    isAdmin: user['is_admin'] === 1,
    bookmarkedDatasetIds: bookmarks.map((row) => row.dataset_id),
    organizations: organizationsOf(cloud, id).map((organization) => ({
      id: organization['id'],
      name: organization['name'],
      canUploadDataset: organization['can_upload'] === 1,
    })),
  };
}

function byEmail(cloud: Cloud, email: string): Row | undefined {
  return cloud.db.get('SELECT * FROM users WHERE email = ? COLLATE NOCASE', email);
}

function knownUser(request: Request): Row {
  const user = byEmail(request.cloud, textField(objectBody(request), 'email'));
  if (user === undefined) throw refuse.code(400, 'UserNotFoundException', 'User does not exist.');
  return user;
}

function sendCode(cloud: Cloud, user: Row): void {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const until = cloud.now() + CODE_LIFE_MS;
  cloud.db.run('UPDATE users SET code = ?, code_until = ? WHERE id = ?', code, until, String(user['id']));
  cloud.notes.push(`mail to ${String(user['email'])}: your code is ${code}`);
}

function checkCode(request: Request, user: Row): void {
  if (user['code'] === null || objectBody(request)['confirmationCode'] !== user['code']) {
    throw refuse.code(400, 'CodeMismatchException', 'Invalid verification code provided, please try again.');
  }
  if (Number(user['code_until']) < request.cloud.now()) {
    throw refuse.code(400, 'ExpiredCodeException', 'Invalid code provided, please request a code again.');
  }
}

function acceptedPassword(password: unknown): string {
  if (typeof password === 'string' && password.length >= 12 && password.length <= 256) return password;
  throw refuse.code(400, 'InvalidPasswordException', 'Password did not conform with policy: Password not long enough');
}

function setPassword(cloud: Cloud, user: Row, password: string): void {
  cloud.db.run('UPDATE users SET password = ?, code = NULL WHERE id = ?', hashed(password), String(user['id']));
}

/** Cheap on purpose: this cloud keeps no secret worth a second of every test. */
function hashed(password: string, salt = randomBytes(8).toString('hex')): string {
  return `${salt}:${scryptSync(password, salt, 32, { N: 1024 }).toString('hex')}`;
}

function matches(password: string, stored: string): boolean {
  const [salt = ''] = stored.split(':');
  return timingSafeEqual(Buffer.from(hashed(password, salt)), Buffer.from(stored));
}
