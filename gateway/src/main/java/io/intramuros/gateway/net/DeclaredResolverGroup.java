// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.net;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The resolver of our Netty clients. Netty resolves by itself and takes literal addresses as resolved, so both are
 * checked here: nothing is connected to that {@link DeclaredAddresses} does not allow.
 */
public final class DeclaredResolverGroup extends AddressResolverGroup<InetSocketAddress> {
    /** The only one that is needed. */
    public static final DeclaredResolverGroup INSTANCE = new DeclaredResolverGroup();

    private DeclaredResolverGroup() {}

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Checked(executor);
    }

    /** Says of every address that it is yet to be resolved, so that literals pass the check as well. */
    private static final class Checked extends InetSocketAddressResolver {
        Checked(EventExecutor executor) {
            super(executor, new Names(executor));
        }

        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return false;
        }
    }

    private static final class Names extends InetNameResolver {
        Names(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            try {
                DeclaredAddresses.check(host);
                promise.setSuccess(InetAddress.getByName(host));
            } catch (UnknownHostException e) {
                promise.setFailure(e);
            }
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            try {
                DeclaredAddresses.check(host);
                promise.setSuccess(List.of(InetAddress.getAllByName(host)));
            } catch (UnknownHostException e) {
                promise.setFailure(e);
            }
        }
    }
}
