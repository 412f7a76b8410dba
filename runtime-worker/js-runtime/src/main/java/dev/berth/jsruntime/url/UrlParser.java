package dev.berth.jsruntime.url;

import org.jspecify.annotations.Nullable;

/// The basic URL parser of the URL Standard: a state machine over code points. Names of states
/// are those of the standard, so that the two can be read side by side.
///
/// With a state to start from and a URL to change, it is what the setters of `URL` do.
final class UrlParser {

  enum State {
    SCHEME_START,
    SCHEME,
    NO_SCHEME,
    SPECIAL_RELATIVE_OR_AUTHORITY,
    PATH_OR_AUTHORITY,
    RELATIVE,
    RELATIVE_SLASH,
    SPECIAL_AUTHORITY_SLASHES,
    SPECIAL_AUTHORITY_IGNORE_SLASHES,
    AUTHORITY,
    HOST,
    HOSTNAME,
    PORT,
    FILE,
    FILE_SLASH,
    FILE_HOST,
    PATH_START,
    PATH,
    OPAQUE_PATH,
    QUERY,
    FRAGMENT,
    /// Nothing more is to be done: the end of what a setter may change.
    DONE
  }

  private static final int END = -1;

  private final int[] input;
  private final @Nullable UrlRecord base;
  private final @Nullable State override;
  private final UrlRecord url;
  private final StringBuilder buffer = new StringBuilder();
  private State state;
  private int at;
  private boolean atSignSeen;
  private boolean insideBrackets;
  private boolean passwordSeen;

  private UrlParser(
      String text, @Nullable UrlRecord base, UrlRecord url, @Nullable State override) {
    this.input = text.codePoints().filter(c -> c != '\t' && c != '\n' && c != '\r').toArray();
    this.base = base;
    this.url = url;
    this.override = override;
    this.state = override == null ? State.SCHEME_START : override;
  }

  /// Reads a URL, which may be relative when there is a base.
  static UrlRecord parse(String text, @Nullable UrlRecord base) throws UrlSyntaxException {
    UrlRecord url = new UrlRecord();
    new UrlParser(trimmed(text), base, url, null).run();
    return url;
  }

  /// Changes the part of a URL that a state reads.
  static void change(UrlRecord url, String text, State state) throws UrlSyntaxException {
    new UrlParser(text, null, url, state).run();
  }

  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return text.substring(start, end);
  }

  private void run() throws UrlSyntaxException {
    while (state != State.DONE) {
      int c = at < input.length ? input[at] : END;
      step(c);
      if (c == END && at >= input.length) {
        return;
      }
      at++;
    }
  }

  private void step(int c) throws UrlSyntaxException {
    switch (state) {
      case SCHEME_START -> schemeStart(c);
      case SCHEME -> scheme(c);
      case NO_SCHEME -> noScheme(c);
      case SPECIAL_RELATIVE_OR_AUTHORITY ->
          again(
              c == '/' && next(1) == '/'
                  ? skip(State.SPECIAL_AUTHORITY_IGNORE_SLASHES)
                  : State.RELATIVE);
      case PATH_OR_AUTHORITY -> {
        if (c == '/') {
          state = State.AUTHORITY;
        } else {
          again(State.PATH);
        }
      }
      case RELATIVE -> relative(c);
      case RELATIVE_SLASH -> relativeSlash(c);
      case SPECIAL_AUTHORITY_SLASHES ->
          again(
              c == '/' && next(1) == '/'
                  ? skip(State.SPECIAL_AUTHORITY_IGNORE_SLASHES)
                  : State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
      case SPECIAL_AUTHORITY_IGNORE_SLASHES -> {
        if (c != '/' && c != '\\') {
          again(State.AUTHORITY);
        }
      }
      case AUTHORITY -> authority(c);
      case HOST, HOSTNAME -> host(c);
      case PORT -> port(c);
      case FILE -> file(c);
      case FILE_SLASH -> fileSlash(c);
      case FILE_HOST -> fileHost(c);
      case PATH_START -> pathStart(c);
      case PATH -> path(c);
      case OPAQUE_PATH -> opaquePath(c);
      case QUERY -> query(c);
      case FRAGMENT -> {
        if (c != END) {
          PercentEncoding.FRAGMENT.append(buffer, c);
        } else {
          url.fragment = taken();
        }
      }
      case DONE -> {}
    }
  }

  // ---- moving on

  private int next(int ahead) {
    return at + ahead < input.length ? input[at + ahead] : END;
  }

  /// Reads the same code point once more, in another state.
  private void again(State next) {
    state = next;
    at--;
  }

  /// Two code points belong together; the step that asked has one of them taken back.
  private State skip(State next) {
    at += 2;
    return next;
  }

  private String taken() {
    String text = buffer.toString();
    buffer.setLength(0);
    return text;
  }

  private boolean isSlash(int c) {
    return c == '/' || (c == '\\' && url.isSpecial());
  }

  private static boolean endsAuthority(int c) {
    return c == END || c == '/' || c == '?' || c == '#';
  }

  private void startQuery() {
    url.query = "";
    state = State.QUERY;
  }

  private void startFragment() {
    url.fragment = "";
    state = State.FRAGMENT;
  }

  // ---- scheme

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private void schemeStart(int c) throws UrlSyntaxException {
    if (isLetter(c)) {
      buffer.append((char) Character.toLowerCase(c));
      state = State.SCHEME;
    } else if (override == null) {
      again(State.NO_SCHEME);
    } else {
      throw new UrlSyntaxException();
    }
  }

  private void scheme(int c) throws UrlSyntaxException {
    if (isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.') {
      buffer.append((char) Character.toLowerCase(c));
    } else if (c == ':') {
      if (override != null) {
        changeScheme(taken());
      } else {
        url.scheme = taken();
        afterScheme();
      }
    } else if (override == null) {
      buffer.setLength(0);
      state = State.NO_SCHEME;
      at = -1;
    } else {
      throw new UrlSyntaxException();
    }
  }

  private void changeScheme(String scheme) {
    state = State.DONE;
    boolean keepsKind = url.isSpecial() == UrlRecord.isSpecial(scheme);
    boolean fitsFile = !scheme.equals("file") || (!url.hasCredentials() && url.port < 0);
    boolean leavesFile = !url.scheme.equals("file") || !"".equals(url.host);
    if (keepsKind && fitsFile && leavesFile) {
      url.scheme = scheme;
      if (url.isDefaultPort(url.port)) {
        url.port = -1;
      }
    }
  }

  private void afterScheme() {
    if (url.scheme.equals("file")) {
      state = State.FILE;
    } else if (url.isSpecial()) {
      boolean isSame = base != null && base.scheme.equals(url.scheme);
      state = isSame ? State.SPECIAL_RELATIVE_OR_AUTHORITY : State.SPECIAL_AUTHORITY_SLASHES;
    } else if (next(1) == '/') {
      state = State.PATH_OR_AUTHORITY;
      at++;
    } else {
      url.opaquePath = "";
      state = State.OPAQUE_PATH;
    }
  }

  // ---- relative to the base

  private void noScheme(int c) throws UrlSyntaxException {
    if (base == null || (base.opaquePath != null && c != '#')) {
      throw new UrlSyntaxException();
    }
    if (base.opaquePath != null) {
      url.scheme = base.scheme;
      url.opaquePath = base.opaquePath;
      url.query = base.query;
      startFragment();
    } else {
      again(base.scheme.equals("file") ? State.FILE : State.RELATIVE);
    }
  }

  private UrlRecord base() {
    if (base == null) {
      throw new IllegalStateException("a relative URL without a base");
    }
    return base;
  }

  private void takeAuthority(UrlRecord from) {
    url.username = from.username;
    url.password = from.password;
    url.host = from.host;
    url.port = from.port;
  }

  private void relative(int c) {
    url.scheme = base().scheme;
    if (isSlash(c)) {
      state = State.RELATIVE_SLASH;
      return;
    }
    takeAuthority(base());
    takePath(c);
  }

  /// Goes on from the path of the base.
  private void takePath(int c) {
    url.path = base().copy().path;
    url.query = base().query;
    if (c == '?') {
      startQuery();
    } else if (c == '#') {
      startFragment();
    } else if (c != END) {
      url.query = null;
      url.shortenPath();
      again(State.PATH);
    }
  }

  private void relativeSlash(int c) {
    if (url.isSpecial() && (c == '/' || c == '\\')) {
      state = State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
    } else if (c == '/') {
      state = State.AUTHORITY;
    } else {
      takeAuthority(base());
      again(State.PATH);
    }
  }

  // ---- authority

  private void authority(int c) throws UrlSyntaxException {
    if (c == '@') {
      String text = (atSignSeen ? "%40" : "") + taken();
      atSignSeen = true;
      addCredentials(text);
    } else if (endsAuthority(c) || isSlash(c)) {
      if (atSignSeen && buffer.isEmpty()) {
        throw new UrlSyntaxException();
      }
      at -= taken().codePoints().toArray().length + 1;
      state = State.HOST;
    } else {
      buffer.appendCodePoint(c);
    }
  }

  private void addCredentials(String text) {
    StringBuilder user = new StringBuilder(url.username);
    StringBuilder password = new StringBuilder(url.password);
    text.codePoints()
        .forEach(
            c -> {
              if (c == ':' && !passwordSeen) {
                passwordSeen = true;
              } else {
                PercentEncoding.USER.append(passwordSeen ? password : user, c);
              }
            });
    url.username = user.toString();
    url.password = password.toString();
  }

  private void host(int c) throws UrlSyntaxException {
    if (override != null && url.scheme.equals("file")) {
      again(State.FILE_HOST);
    } else if (c == ':' && !insideBrackets) {
      if (buffer.isEmpty() || override == State.HOSTNAME) {
        throw new UrlSyntaxException();
      }
      url.host = UrlHost.parse(taken(), url.isSpecial());
      state = State.PORT;
    } else if (endsAuthority(c) || isSlash(c)) {
      endHost();
    } else {
      insideBrackets = c == '[' || (insideBrackets && c != ']');
      buffer.appendCodePoint(c);
    }
  }

  private void endHost() throws UrlSyntaxException {
    if (buffer.isEmpty()
        && (url.isSpecial() || (override != null && (url.hasCredentials() || url.port >= 0)))) {
      throw new UrlSyntaxException();
    }
    url.host = UrlHost.parse(taken(), url.isSpecial());
    again(override == null ? State.PATH_START : State.DONE);
  }

  private void port(int c) throws UrlSyntaxException {
    if (isDigit(c)) {
      buffer.append((char) c);
    } else if (endsAuthority(c) || isSlash(c) || override != null) {
      if (!buffer.isEmpty()) {
        url.port = portOf(taken());
      } else if (override == State.PORT) {
        throw new UrlSyntaxException();
      }
      again(override == null ? State.PATH_START : State.DONE);
    } else {
      throw new UrlSyntaxException();
    }
  }

  private int portOf(String digits) throws UrlSyntaxException {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    int port = significant.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(significant);
    if (port > 65535) {
      throw new UrlSyntaxException();
    }
    return url.isDefaultPort(port) ? -1 : port;
  }

  // ---- files

  private void file(int c) {
    url.scheme = "file";
    url.host = "";
    if (c == '/' || c == '\\') {
      state = State.FILE_SLASH;
    } else if (base != null && base.scheme.equals("file")) {
      url.host = base.host;
      if (c != '?' && c != '#' && c != END && startsWithDrive()) {
        again(State.PATH);
      } else {
        takePath(c);
      }
    } else {
      again(State.PATH);
    }
  }

  private boolean startsWithDrive() {
    boolean isDrive = isLetter(next(0)) && (next(1) == ':' || next(1) == '|');
    int after = next(2);
    return isDrive && (endsAuthority(after) || after == '\\');
  }

  private void fileSlash(int c) {
    if (c == '/' || c == '\\') {
      state = State.FILE_HOST;
      return;
    }
    if (base != null && base.scheme.equals("file")) {
      url.host = base.host;
      boolean isDrive = !base.path.isEmpty() && UrlRecord.isNormalDrive(base.path.getFirst());
      if (!startsWithDrive() && isDrive) {
        url.path.add(base.path.getFirst());
      }
    }
    again(State.PATH);
  }

  private void fileHost(int c) throws UrlSyntaxException {
    if (!endsAuthority(c) && c != '\\') {
      buffer.appendCodePoint(c);
      return;
    }
    if (override == null && UrlRecord.isDrive(buffer.toString())) {
      again(State.PATH);
      return;
    }
    String host = buffer.isEmpty() ? "" : UrlHost.parse(taken(), true);
    url.host = host.equals("localhost") ? "" : host;
    again(override == null ? State.PATH_START : State.DONE);
  }

  // ---- path, query

  private void pathStart(int c) {
    if (url.isSpecial()) {
      state = State.PATH;
      if (c != '/' && c != '\\') {
        at--;
      }
    } else if (override == null && c == '?') {
      startQuery();
    } else if (override == null && c == '#') {
      startFragment();
    } else if (c != END) {
      state = State.PATH;
      if (c != '/') {
        at--;
      }
    } else if (override != null && url.host == null) {
      url.path.add("");
    }
  }

  private void path(int c) {
    boolean isEnd = c == END || isSlash(c) || (override == null && (c == '?' || c == '#'));
    if (!isEnd) {
      PercentEncoding.PATH.append(buffer, c);
      return;
    }
    String segment = taken();
    if (isDoubleDot(segment)) {
      url.shortenPath();
      if (!isSlash(c)) {
        url.path.add("");
      }
    } else if (isSingleDot(segment)) {
      if (!isSlash(c)) {
        url.path.add("");
      }
    } else {
      boolean isDrive =
          url.scheme.equals("file") && url.path.isEmpty() && UrlRecord.isDrive(segment);
      url.path.add(isDrive ? segment.charAt(0) + ":" : segment);
    }
    if (c == '?') {
      startQuery();
    } else if (c == '#') {
      startFragment();
    }
  }

  private static boolean isSingleDot(String segment) {
    return segment.equals(".") || segment.equalsIgnoreCase("%2e");
  }

  private static boolean isDoubleDot(String segment) {
    return segment.length() <= 6 && segment.replaceAll("(?i)%2e", ".").equals("..");
  }

  private void opaquePath(int c) {
    if (c == '?' || c == '#' || c == END) {
      url.opaquePath = taken();
      if (c == '?') {
        startQuery();
      } else if (c == '#') {
        startFragment();
      }
    } else if (c == ' ' && (next(1) == '?' || next(1) == '#')) {
      buffer.append("%20");
    } else {
      PercentEncoding.CONTROL.append(buffer, c);
    }
  }

  private void query(int c) {
    if (c == END || (override == null && c == '#')) {
      url.query = taken();
      if (c == '#') {
        startFragment();
      }
      return;
    }
    (url.isSpecial() ? PercentEncoding.SPECIAL_QUERY : PercentEncoding.QUERY).append(buffer, c);
  }
}
