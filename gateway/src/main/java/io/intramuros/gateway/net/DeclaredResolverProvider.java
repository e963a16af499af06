// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Puts {@link DeclaredAddresses} before the JVM's resolver (JEP 418), so that no library can ask for another name. */
public final class DeclaredResolverProvider extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Checked(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "intramuros-declared";
    }

    private record Checked(InetAddressResolver builtin) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            DeclaredAddresses.check(host);
            return builtin.lookupByName(host, policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            InetAddress literal = InetAddress.getByAddress(address);
            if (!literal.isLoopbackAddress()) DeclaredAddresses.check(literal.getHostAddress());
            return builtin.lookupByAddress(address);
        }
    }
}
