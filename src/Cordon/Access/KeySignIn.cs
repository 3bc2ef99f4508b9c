using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Cordon.Casework.Answers;
using Cordon.Casework.Members;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Cordon.Access;

/// <summary>What lets a command on the same machine act on the running server: it stands in the lock file of the data folder.</summary>
/// <param name="Token">Random, as long-lived as the server; null for none.</param>
internal sealed record OperatorToken(string? Token);

/// <summary>Signs in systems by <c>Authorization: Bearer</c>: members by their key, the operator's own commands by the token of the lock file.</summary>
internal sealed class KeySignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ProvenKeys keys, OperatorToken operatorToken)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Key";

    /// <summary>What only the operator's own commands may do. It is not among <see cref="KeyScopes.All"/>, so no key can be given it.</summary>
    public const string OperatorScope = "operator";

    private const string Prefix = "Bearer ";
    private const int MostLength = 200;

    /// <summary>Whether a request is for this scheme: then no cookie is looked at.</summary>
    public static bool Claims(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The token of the header; false where there is none of a possible length.</summary>
    public static bool TryToken(StringValues header, out ReadOnlySpan<char> token)
    {
        token = header.Count == 1 ? header[0].AsSpan() : [];
        if (!token.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return false;
        token = token[Prefix.Length..].Trim();
        return token.Length is > 0 and <= MostLength;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Claims(Request)) return AuthenticateResult.NoResult();
        if (!TryToken(Request.Headers.Authorization, out var text)) return AuthenticateResult.Fail("No such key.");
        var token = text.ToString();
        if (IsOperator(token)) return Success("system:operator", null, [KeyScopes.SignalsWrite, KeyScopes.ReportsWrite, OperatorScope]);
        var key = await keys.ProveAsync(token);
        return key is null ? AuthenticateResult.Fail("No such key.") : Success($"key:{key.Id}", key.Member.ToString(), key.Scopes);
    }

    private bool IsOperator(string token) => operatorToken.Token is { Length: > 0 } expected
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private static AuthenticateResult Success(string actor, string? member, IEnumerable<string> scopes)
    {
        List<Claim> claims = [new(Caller.ActorClaim, actor), new(ClaimTypes.Role, Roles.System)];
        if (member is not null) claims.Add(new Claim(Caller.MemberClaim, member));
        claims.AddRange(scopes.Select(s => new Claim(Caller.ScopeClaim, s)));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }
}
