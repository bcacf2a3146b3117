package dev.facet.prepare.fetch;

import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * What a fetcher has of the machine that it runs on.
 *
 * @param time its clocks
 * @param lookUp where it finds the addresses of hosts
 * @param sockets gives sockets that are not connected
 * @param tls secures connections, by the certificates that the machine trusts
 */
record Machine(Time time, Names.LookUp lookUp, Supplier<Socket> sockets, SSLSocketFactory tls) {

  /** This one. */
  static Machine real() {
    return new Machine(
        Time.REAL,
        InetAddress::getAllByName,
        () -> new Socket(Proxy.NO_PROXY),
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }
}
