package dev.facet.cli.console;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Calls an action when the operating system sends a signal. The JDK's only API for that, {@code
 * sun.misc.Signal}, cannot be named in source without a compiler warning, which here is an error;
 * so it is called by reflection.
 */
final class Signals {
  private Signals() {}

  /**
   * Installs a handler.
   *
   * @param name without its prefix: INT, TERM, HUP
   * @return puts the previous handler back; does nothing on a system without such signals
   */
  static Runnable on(String name, Runnable action) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      Object previous = handle.invoke(null, signal, handler);
      return () -> {
        try {
          handle.invoke(null, signal, previous);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    } catch (ReflectiveOperationException e) {
      return () -> {};
    }
  }
}
