// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Every log line of this JVM, with its whole cause, until it is closed. To be made after the gateway, whose start sets
 * the levels. The console, which would drown in it, gets nothing meanwhile.
 */
final class Captured implements AutoCloseable {
    private static final Map<String, Level> LEVELS = Map.of(
            org.slf4j.Logger.ROOT_LOGGER_NAME,
            Level.DEBUG,
            "io.intramuros",
            Level.TRACE,
            "reactor.netty",
            Level.TRACE,
            "org.springframework",
            Level.TRACE,
            "com.nimbusds",
            Level.TRACE);

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private final Map<String, Level> levelsBefore = new HashMap<>();
    private final List<Appender<ILoggingEvent>> appendersBefore = new ArrayList<>();

    /** At the least of levels, lower than the gateway's settings can go. */
    static Captured everything() {
        return new Captured(LEVELS);
    }

    /** At the levels that the gateway was set to. */
    static Captured asSet() {
        return new Captured(Map.of());
    }

    private Captured(Map<String, Level> levels) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%level %logger %mdc %kvp %msg%n%ex{full}");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(lines);
        appender.start();
        root.iteratorForAppenders().forEachRemaining(appendersBefore::add);
        appendersBefore.forEach(root::detachAppender);
        root.addAppender(appender);
        levels.forEach((name, level) -> {
            levelsBefore.put(name, context.getLogger(name).getLevel());
            context.getLogger(name).setLevel(level);
        });
    }

    /** What was logged so far. */
    String text() {
        return lines.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        levelsBefore.forEach((name, level) -> context.getLogger(name).setLevel(level));
        root.detachAppender(appender);
        appendersBefore.forEach(root::addAppender);
        appender.stop();
    }
}
