package org.ipspipeline.ips.command;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code HOST:PORT} on the command line; IPv6 addresses in brackets, {@code [::1]:9193}. */
public final class HostAndPortConverter implements ITypeConverter<InetSocketAddress> {

    private static final int LARGEST_PORT = 65_535;

    @Override
    public InetSocketAddress convert(String value) {
        int colon = value.lastIndexOf(':');
        String host = colon < 0 ? "" : value.substring(0, colon);
        String port = value.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        boolean isNumber = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        if (host.isEmpty()
                || !isNumber
                || Integer.parseInt(port) > LARGEST_PORT
                || (!bracketed && host.contains(":"))) {
            throw new TypeConversionException("'" + value + "' is not HOST:PORT; write 127.0.0.1:9193 or [::1]:9193");
        }
        return new InetSocketAddress(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }
}
