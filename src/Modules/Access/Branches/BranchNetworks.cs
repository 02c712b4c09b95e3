using System.Net;
using FluentValidation;

namespace Access.Branches;

/// <summary>The networks that a branch signs in from (PL-01.13), kept as CIDRs between spaces; none means everywhere.</summary>
internal static class BranchNetworks
{
    public const int Most = 40;
    public const int Length = 2_000;

    public static IReadOnlyList<string> Split(string networks) => networks.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Join(IEnumerable<string> networks) => string.Join(' ', networks.Distinct(StringComparer.Ordinal));

    /// <summary>May a password of the branch be looked at when it comes from this address?</summary>
    public static bool Admit(string networks, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Length == 0 || Split(networks).Any(n => IPNetwork.TryParse(n, out var network) && network.Contains(plain));
    }

    public static void ListOfNetworks<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) =>
        rule.SetValidator(ListRules.Of<T, string>(0, Most))
            .Must(networks => networks is null || networks.All(n => n is { Length: <= 43 } && IPNetwork.TryParse(n, out _)))
            .WithErrorCode("network")
            .WithMessage(_ =>
                Language.IsChinese
                    ? "网段须为 CIDR 格式，例如 10.1.0.0/16 或 2001:db8::/48。"
                    : "A network is a CIDR such as 10.1.0.0/16 or 2001:db8::/48."
            );
}
