using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenIddict.EntityFrameworkCore.Models;

namespace Access.Applications;

/// <summary>
/// An access token of an application. The row has a hash of the token, what it was asked for, and by which secret: so that it ends with the secret,
/// with the application, and with the scope.
/// </summary>
internal sealed class ApplicationToken : OpenIddictEntityFrameworkCoreToken<string, Application, ApplicationAuthorization>
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(15);

    public ApplicationToken()
    {
        Id = Guid.NewGuid().ToString();
    }

    /// <summary>The application's id, which is that of its row among the operators.</summary>
    public long PrincipalId { get; set; }

    public long SecretId { get; set; }

    public string ScopeText { get; set; } = "";

    internal sealed class Map : IEntityTypeConfiguration<ApplicationToken>
    {
        public void Configure(EntityTypeBuilder<ApplicationToken> builder)
        {
            builder.ToTable("application_tokens");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.Id).HasMaxLength(36);
            builder.Property(t => t.ReferenceId).HasMaxLength(44);
            builder.Property(t => t.Status).HasMaxLength(20);
            builder.Property(t => t.Type).HasMaxLength(50);
            builder.Property(t => t.ConcurrencyToken).HasMaxLength(36).IsConcurrencyToken();
            builder.Property(t => t.ScopeText).HasMaxLength(8_000);
            builder.HasIndex(t => t.ReferenceId).IsUnique();
            builder.HasIndex(t => new { t.PrincipalId, t.ExpirationDate });
            // The token's own text is not needed: the row says all.
            builder.Ignore(t => t.Application).Ignore(t => t.Authorization).Ignore(t => t.Payload).Ignore(t => t.Properties);
            builder.Ignore(t => t.RedemptionDate).Ignore(t => t.Subject);
        }
    }
}
