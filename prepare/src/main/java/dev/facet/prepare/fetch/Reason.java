package dev.facet.prepare.fetch;

/**
 * Words that failures of fetching are counted by. {@code http_NNN} and robots tags come besides.
 */
final class Reason {
  static final String TIMEOUT = "timeout";
  static final String TOO_LARGE = "too_large";
  static final String TRUNCATED = "truncated";
  static final String EMPTY_BODY = "empty_body";
  static final String REDIRECT_LOOP = "redirect_loop";
  static final String REDIRECT_REFUSED = "redirect_refused";
  static final String PRIVATE_ADDRESS = "private_address";
  static final String DNS_FAILURE = "dns_failure";
  static final String TLS_FAILURE = "tls_failure";
  static final String HOST_UNREACHABLE = "host_unreachable";
  static final String CONNECTION_REFUSED = "connection_refused";
  static final String CONNECTION_RESET = "connection_reset";
  static final String BAD_ANSWER = "bad_answer";
  static final String CONTENT_ENCODING = "content_encoding";

  private Reason() {}
}
