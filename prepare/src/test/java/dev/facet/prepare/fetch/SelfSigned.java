package dev.facet.prepare.fetch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of a host by itself, and what both ends need to use it (X.509 in DER, RFC 5280).
 */
final class SelfSigned {
  private static final String ECDSA_SHA256 = "300a06082a8648ce3d040302";
  private static final String COMMON_NAME = "0603550403";
  private static final String SUBJECT_ALT_NAME = "0603551d11";

  private SelfSigned() {}

  /** A context whose server shows the certificate, and whose client trusts no other. */
  static SSLContext context(String host) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded(host, keys)));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("it", keys.getPrivate(), new char[0], new Certificate[] {certificate});
    store.setCertificateEntry("trusted", certificate);
    KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
    shown.init(store, new char[0]);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static byte[] encoded(String host, KeyPair keys) throws Exception {
    byte[] name = der(0x30, der(0x31, der(0x30, hex(COMMON_NAME), der(0x0c, ascii(host)))));
    byte[] body =
        der(
            0x30,
            hex("a003020102"), // version 3
            hex("020101"), // number 1
            hex(ECDSA_SHA256),
            name,
            der(0x30, der(0x17, ascii("200101000000Z")), der(0x17, ascii("490101000000Z"))),
            name,
            keys.getPublic().getEncoded(),
            der(
                0xa3,
                der(
                    0x30,
                    der(
                        0x30,
                        hex(SUBJECT_ALT_NAME),
                        der(0x04, der(0x30, der(0x82, ascii(host))))))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(body);
    return der(0x30, body, hex(ECDSA_SHA256), der(0x03, new byte[1], signature.sign()));
  }

  private static byte[] der(int tag, byte[]... parts) throws Exception {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.write(part);
    }
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.write(tag);
    int length = content.size();
    if (length >= 256) {
      result.write(0x82);
      result.write(length >> 8);
    } else if (length >= 128) {
      result.write(0x81);
    }
    result.write(length);
    content.writeTo(result);
    return result.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
