using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Members;

/// <summary>The roles are part of the model: a migration writes them, with ids made of their names.</summary>
internal sealed class RoleTable : IEntityTypeConfiguration<IdentityRole<Guid>>
{
    public static Guid Id(string role) => new(SHA256.HashData(Encoding.UTF8.GetBytes("cordon/role/" + role)).AsSpan(0, 16), bigEndian: true);

    public void Configure(EntityTypeBuilder<IdentityRole<Guid>> builder) => builder.HasData(Roles.All.Select(role => new IdentityRole<Guid>
    {
        Id = Id(role),
        Name = role,
        NormalizedName = role.ToUpperInvariant(),
        ConcurrencyStamp = role,
    }));
}
