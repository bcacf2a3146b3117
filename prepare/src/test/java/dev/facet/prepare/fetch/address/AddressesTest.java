package dev.facet.prepare.fetch.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {
  private static List<String> of(@Nullable String... cells) {
    return Addresses.of(Arrays.asList(cells)).stream().map(URI::toString).toList();
  }

  @Test
  void severalAddressesOfACellComeInTheirOrderAndNoneTwice() {
    assertThat(
            of(
                "UNKNOWN, http://a.org/1.jpg, http://b.org/2.jpg , UNKNOWN,",
                null,
                "http://a.org/1.jpg"))
        .containsExactly("http://a.org/1.jpg", "http://b.org/2.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.org/1.jpg, http://b.org/2.jpg",
        "http://a.org/1.jpg http://b.org/2.jpg",
        "http://a.org/1.jpg,http://b.org/2.jpg",
        "http://a.org/1.jpg ,  http://b.org/2.jpg",
        "http://a.org/1.jpg\nhttp://b.org/2.jpg",
        "http://a.org/1.jpg UNKNOWN http://b.org/2.jpg",
        "http://a.org/1.jpg, ftp://c.org/3.jpg, http://b.org/2.jpg",
        "http://a.org/1.jpg, n/a, http://b.org/2.jpg",
      })
  void addressesArePartedByCommasAndBlanks(String cell) {
    assertThat(of(cell)).containsExactly("http://a.org/1.jpg", "http://b.org/2.jpg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h/odd/gesicht größe 1.jpg | http://h/odd/gesicht%20gr%C3%B6%C3%9Fe%201.jpg",
        "http://h/w_300,h_200/x.jpg | http://h/w_300,h_200/x.jpg",
        "http://h/q?name=a.jpg&amp;size=large | http://h/q?name=a.jpg&size=large",
        "http://h/q?a=1&amp;amp;b=2&#38;c=3&#x26;d=4 | http://h/q?a=1&b=2&c=3&d=4",
        "http://h/q?a=1&copy=2&amp=3 | http://h/q?a=1&copy=2&amp=3",
        "HTTP://Host.ORG:80/A.jpg | http://host.org/A.jpg",
        "https://h:443 | https://h/",
        "https://h:80/ | https://h:80/",
        "http://münchen.de/ä?ö | http://xn--mnchen-3ya.de/%C3%A4?%C3%B6",
        "http://my_bucket.s3.org/a | http://my_bucket.s3.org/a",
        "http://h/100%.jpg | http://h/100%25.jpg",
        "http://h/a%2Fb%zz | http://h/a%2Fb%25zz",
        "http://h/a[1].jpg?b={2}#part | http://h/a%5B1%5D.jpg?b=%7B2%7D",
        "http://h/a/./b/../c.jpg | http://h/a/c.jpg",
        "http://h/../../etc/passwd | http://h/etc/passwd",
        "http://h?x | http://h/?x",
        "http://[::1]:81/ | http://[::1]:81/",
        "http://h:/x | http://h/x",
        "http://h\\@127.0.0.1/ | http://h/@127.0.0.1/",
        "http://h/😀.jpg | http://h/%F0%9F%98%80.jpg",
      })
  void anAddressIsSentInItsUsualForm(String written, String sent) {
    assertThat(of(written)).containsExactly(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "UNKNOWN",
        "UNKNOWN, UNKNOWN",
        "ftp://127.0.0.1/picture.jpg",
        "file:///no/such/picture.jpg",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "h/x.jpg",
        "//h/x.jpg",
        "http:/h/x",
        "http://",
        "http:///x",
        "http://user@h/",
        "http://user:word@h/",
        "http://h:0/",
        "http://h:65536/",
        "http://h:99999999999/",
        "http://h:8a/",
        "http://h:-1/",
        "http://a..b/",
        "http://.a/",
        "http://a b/",
        "http://a%20b/",
        "http://[::1/",
        "http://[::zz]/",
        "http://[fe80::1%eth0]/",
        "http://1.2.3.4.5/",
        "http://999.1.1.1/",
        "http://0x/",
        "http://&#0;/",
        "http://\u0000/",
        "http://\ud800/",
        "&#xffffff;&#9999999;",
      })
  void whatIsNoAddressOfTheWebIsLeftOut(String cell) {
    assertThat(of(cell)).isEmpty();
  }

  @Test
  void aVastCellOfGarbageIsReadInPassing() {
    String blanks = " ,".repeat(500_000);
    assertThat(of(blanks + "x" + blanks + "http://h/a" + blanks)).containsExactly("http://h/a");
    assertThat(of("http://h/" + "a".repeat(1_000_000))).isEmpty();
    assertThat(of("http://" + "a.".repeat(4000), "http://" + "-".repeat(300))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://o.org/x, http://o.org/x",
    "//o.org/x, http://o.org/x",
    "/x?y, http://h:81/x?y",
    "../x, http://h:81/x",
    "x, http://h:81/a/x",
    "?z, http://h:81/a/b?z",
    "#top, http://h:81/a/b?q",
    "'', http://h:81/a/b?q",
    "/größe 1.jpg, http://h:81/gr%C3%B6%C3%9Fe%201.jpg",
    "/x:y, http://h:81/x:y",
  })
  void anAnswerMaySendToARelativeAddress(String location, String target) {
    assertThat(WebAddress.of(URI.create("http://h:81/a/b?q"), location))
        .isEqualTo(URI.create(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///x", "ftp://h/x", "mailto:a@b", "//u@h/", "http://h:0/", "http:"})
  void anAnswerMayNotSendElsewhereThanToTheWeb(String location) {
    assertThat(WebAddress.of(URI.create("http://h/"), location)).isNull();
  }
}
