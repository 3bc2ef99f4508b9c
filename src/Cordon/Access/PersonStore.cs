using System.Security.Cryptography;
using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Cordon.Access;

/// <summary>
/// Identity's store, with the secrets of the second step sealed: whoever reads the database cannot make one-time codes,
/// because the sealing keys lie in the key folder. Each value is sealed for its person and name, so that none can be
/// moved to another row.
/// </summary>
internal sealed class PersonStore(CaseworkContext context, IDataProtectionProvider seals, IdentityErrorDescriber? words = null)
    : UserStore<Person, IdentityRole<Guid>, CaseworkContext, Guid>(context, words)
{
    private const string Purpose = "cordon.second-step";

    public override Task SetTokenAsync(Person user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : Seal(user, loginProvider, name).Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(Person user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        if (await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is not { } text) return null;
        try
        {
            return Seal(user, loginProvider, name).Unprotect(text);
        }
        catch (CryptographicException)
        {
            // The key folder is another one: the secret is gone, and an administrator can take the second step away.
            return null;
        }
    }

    private IDataProtector Seal(Person user, string provider, string name) => seals.CreateProtector(Purpose, user.Id.ToString("N"), provider, name);
}
