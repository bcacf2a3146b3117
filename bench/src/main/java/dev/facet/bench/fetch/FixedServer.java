package dev.facet.bench.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A server that does as little as one can: one thread, the same answer to every request, from
 * memory. It prints its port and runs until it is ended.
 */
final class FixedServer {
  /** Bytes of a body. */
  private static final int BODY = 50_000;

  private static final int BACKLOG = 4096;

  private final ByteBuffer answer = answer();
  private final ByteBuffer request = ByteBuffer.allocateDirect(1 << 14);

  private FixedServer() {}

  /** All bytes of an answer, a picture by its head. */
  private static ByteBuffer answer() {
    byte[] head =
        ("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " + BODY + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(head.length + BODY).put(head).clear();
  }

  public static void main(String[] args) throws IOException {
    new FixedServer().run();
  }

  private void run() throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      listening.configureBlocking(false);
      listening.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println(((InetSocketAddress) listening.getLocalAddress()).getPort());
      while (true) {
        selector.select(key -> serve(key, selector));
      }
    }
  }

  private void serve(SelectionKey key, Selector selector) {
    try {
      if (key.isAcceptable()) {
        SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ);
      } else if (key.attachment() instanceof ByteBuffer left) {
        send(key, left);
      } else {
        // Requests are short and come one by one, so what is read is one of them.
        request.clear();
        if (((SocketChannel) key.channel()).read(request) < 0) {
          key.channel().close();
        } else {
          send(key, answer.duplicate());
        }
      }
    } catch (IOException e) {
      key.cancel(); // a client that went away
    }
  }

  private static void send(SelectionKey key, ByteBuffer left) throws IOException {
    ((SocketChannel) key.channel()).write(left);
    key.attach(left.hasRemaining() ? left : null);
    key.interestOps(left.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }
}
