package dev.parley.app.house;

import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server. */
final class WebServer implements AutoCloseable {
  private final String name;
  private final Server server;
  private final ServerConnector connector;

  /**
   * A server that is not started yet.
   *
   * @param name its section in the configuration
   * @param port 0 means any free one
   * @param filters through which every request goes, in this order
   * @param servlets path specification → servlet
   */
  WebServer(
      String name, String bind, int port, List<Filter> filters, Map<String, HttpServlet> servlets) {
    this.name = name;
    var threads = new QueuedThreadPool(50);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    threads.setName("web");
    server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.DEFAULT);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(bind);
    connector.setPort(port);
    server.addConnector(connector);
    var context = new ServletContextHandler("/");
    for (Filter filter : filters) {
      context.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
    }
    servlets.forEach((path, servlet) -> context.addServlet(new ServletHolder(servlet), path));
    server.setHandler(context);
    server.setStopTimeout(0);
  }

  /**
   * One for this machine only.
   *
   * @throws Invalid if the address is no loopback address
   */
  static WebServer local(
      String name, String bind, int port, List<Filter> filters, Map<String, HttpServlet> servlets) {
    refuseForeign(bind);
    return new WebServer(name, bind, port, filters, servlets);
  }

  /**
   * Starts to listen.
   *
   * @return the port
   * @throws Invalid if the port is taken
   */
  int start() {
    try {
      server.start();
      return connector.getLocalPort();
    } catch (Exception e) {
      close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (e instanceof BindException
          || cause instanceof BindException
          || e instanceof IOException) {
        throw new Invalid(
            new Problem(
                name + ".port",
                Integer.toString(connector.getPort()),
                "nothing can be opened there: " + cause.getMessage(),
                "stop the program that listens there, or name another port; 0 means any free one"));
      }
      throw new IllegalStateException("the web server did not start", e);
    }
  }

  private static void refuseForeign(String bind) {
    try {
      if (InetAddress.getByName(bind).isLoopbackAddress()) {
        return;
      }
    } catch (IOException e) {
      // refused below like any other
    }
    throw new Invalid(
        new Problem(
            "surfaces.web.bind",
            bind,
            "the page has no login, so it is offered to this machine only",
            "write 127.0.0.1 or ::1"));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the web server did not stop", e);
    }
  }
}
