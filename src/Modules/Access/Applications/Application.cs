using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;

namespace Access.Applications;

/// <summary>
/// 应用: a program that acts for one branch, through one channel, under its own name (PL-06.5, PL-06.13). Name, branch and whether it is active stand
/// in its row among the operators, whose id it shares.
/// </summary>
internal sealed class Application
    : OpenIddictEntityFrameworkCoreApplication<string, ApplicationAuthorization, ApplicationToken>,
        IVersioned,
        IStamped
{
    public const int ChannelLength = 32;
    public const int MostScopes = 200;

    private const char Between = ' ';

    public Application()
    {
        ClientType = OpenIddictConstants.ClientTypes.Confidential;
    }

    string IStamped.StampName => AccessStamps.Of(PrincipalId);

    public long PrincipalId { get; init; }

    /// <summary>Through what it reaches its users, such as <c>mobile-banking</c>.</summary>
    public required string Channel { get; set; }

    /// <summary>Names of rights, with blanks in between, as OAuth writes scopes.</summary>
    public required string ScopeText { get; set; }

    public int Version { get; set; }

    public IReadOnlyList<string> Scopes
    {
        get => SplitScopes(ScopeText);
        set => ScopeText = JoinScopes(value);
    }

    public static string JoinScopes(IEnumerable<string> scopes) => string.Join(Between, scopes.Order(StringComparer.Ordinal));

    public static IReadOnlyList<string> SplitScopes(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Map : IEntityTypeConfiguration<Application>
    {
        public void Configure(EntityTypeBuilder<Application> builder)
        {
            builder.ToTable("applications");
            builder.HasKey(a => a.PrincipalId);
            builder.Property(a => a.Id).HasMaxLength(20);
            builder.Property(a => a.ClientId).HasMaxLength(Operator.LoginLength);
            builder.Property(a => a.Channel).HasMaxLength(ChannelLength);
            builder.Property(a => a.ScopeText).HasMaxLength(8_000);
            builder.HasIndex(a => a.ClientId).IsUnique();
            builder.HasIndex(a => a.Id).IsUnique();
            builder.Ignore(a => a.Scopes);
            // What OpenIddict has for other flows than that of client credentials.
            builder.Ignore(a => a.ApplicationType).Ignore(a => a.Authorizations).Ignore(a => a.ClientSecret).Ignore(a => a.ClientType);
            builder.Ignore(a => a.ConcurrencyToken).Ignore(a => a.ConsentType).Ignore(a => a.DisplayName).Ignore(a => a.DisplayNames);
            builder.Ignore(a => a.JsonWebKeySet).Ignore(a => a.Permissions).Ignore(a => a.PostLogoutRedirectUris);
            builder.Ignore(a => a.Properties).Ignore(a => a.RedirectUris).Ignore(a => a.Requirements).Ignore(a => a.Settings);
            builder.Ignore(a => a.Tokens);
        }
    }
}

/// <summary>OpenIddict's model has authorizations; client credentials need none, and there is no table of them.</summary>
internal sealed class ApplicationAuthorization : OpenIddictEntityFrameworkCoreAuthorization<string, Application, ApplicationToken>;

/// <summary>OpenIddict's model has scopes; ours are the rights that modules declare, and there is no table of them.</summary>
internal sealed class ApplicationScope : OpenIddictEntityFrameworkCoreScope<string>;
