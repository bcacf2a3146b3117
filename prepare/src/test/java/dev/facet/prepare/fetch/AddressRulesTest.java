package dev.facet.prepare.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.prepare.fetch.address.AddressRules;
import dev.facet.prepare.fetch.address.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which machines are asked. */
final class AddressRulesTest {
  private static final byte[] SECRET = "secret".getBytes(StandardCharsets.US_ASCII);

  private final HostileServer server;

  AddressRulesTest() throws IOException {
    server = new HostileServer();
    server.on("/", "HTTP/1.1 200 OK\nContent-Length: 6", SECRET);
  }

  @AfterEach
  void end() throws IOException {
    assertThat(server.connections()).isZero();
    server.close();
  }

  private static Asking strict(Names.LookUp lookUp) {
    return new Asking(Asking.settings(0, List.of()), lookUp);
  }

  private static InetAddress[] addresses(String... literals) {
    return java.util.stream.Stream.of(literals)
        .map(InetAddress::ofLiteral)
        .toArray(InetAddress[]::new);
  }

  /** What resolvers make of literals is of no matter: they are not asked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "017700000001",
        "0177.0.0.01",
        "127.1",
        "127.0.0.1.",
        "0",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::1]",
        "[100::1]",
        "[2001::1]",
        "[2001:db8::1]",
        "[2002:7f00:1::]",
        "[2002:c0a8:1::1]",
        "[fc00::1]",
        "[fdff::1]",
        "[fe80::1]",
        "[febf::1]",
        "[fec0::1]",
        "[ff02::1]",
      })
  void aPrivateAddressIsRefusedInAnyForm(String host) throws Exception {
    URI written = URI.create("http://" + host + ":" + server.port() + "/");
    List<URI> address = Addresses.of(List.of(written.toString()));
    assertThat(address).hasSize(1);
    try (Asking asking = strict(_ -> addresses("8.8.8.8"))) {
      assertThat(asking.reason(address.getFirst())).isEqualTo("private_address");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "11.0.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
      })
  void aPublicAddressIsPermitted(String address) {
    assertThat(new AddressRules(List.of()).permit("h", InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost, 127.0.0.1, true",
    "LocalHost, localhost, ::1, true",
    "localhost, other, 127.0.0.1, false",
    "127.0.0.1, other, 127.0.0.1, true",
    "127.0.0.1, other, 127.0.0.2, false",
    "10.1.0.0/16, h, 10.1.255.255, true",
    "10.1.0.0/16, h, 10.2.0.0, false",
    "10.1.0.0/15, h, 10.0.0.1, true",
    "0.0.0.0/0, h, 192.168.1.1, true",
    "fd00::/8, h, fd12::1, true",
    "fd00::/8, h, fc12::1, false",
    "10.0.0.0/8, h, 64:ff9b::10.0.0.1, true",
    "::1, h, ::1, true",
    "münchen.test, xn--mnchen-3ya.test, 10.0.0.1, true",
  })
  void whatTheUserNamesIsPermitted(String allow, String host, String address, boolean permitted) {
    assertThat(new AddressRules(List.of(allow)).permit(host, InetAddress.ofLiteral(address)))
        .isEqualTo(permitted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "10.0.0.0/33",
        "10.0.0/8",
        "10.0.0.0/",
        "fd00::/129",
        "localhost:80",
        "http://localhost",
        "127.1",
        "*"
      })
  void whatNamesNoMachineIsNoSetting(String entry) {
    assertThatThrownBy(() -> new Fetcher(Asking.settings(0, List.of(entry))))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("fetch.allow");
  }

  @Test
  void aNameWithAPrivateAddressIsRefused() throws Exception {
    try (Asking asking = strict(_ -> addresses("10.0.0.1", "127.0.0.1"))) {
      URI address = URI.create("http://inside.test:" + server.port() + "/");
      assertThat(asking.reason(address)).isEqualTo("private_address");
    }
  }

  /**
   * What was found to be permitted is what is connected to; a second look-up would find another.
   */
  @Test
  void aNameThatChangesItsAddressGainsNothing() throws Exception {
    AtomicInteger lookUps = new AtomicInteger();
    Names.LookUp rebinding =
        _ -> addresses(lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
    try (HostileServer permitted = new HostileServer();
        Asking asking = new Asking(Asking.settings(0, List.of("127.0.0.1")), rebinding)) {
      permitted.on("/", "HTTP/1.0 200 OK", SECRET);
      URI address = URI.create("http://rebinding.test:" + permitted.port() + "/");
      assertThat(asking.body(address).bytes()).isEqualTo(SECRET);
      assertThat(lookUps.get()).isEqualTo(1);
      assertThat(asking.reason(address)).isEqualTo("private_address");
      assertThat(permitted.connections()).isEqualTo(1);
    }
  }

  @Test
  void aNameThatIsNotKnownIsADnsFailure() throws Exception {
    try (Asking asking =
        strict(
            host -> {
              throw new UnknownHostException(host);
            })) {
      assertThat(asking.reason(URI.create("http://gone.test/"))).isEqualTo("dns_failure");
    }
  }
}
