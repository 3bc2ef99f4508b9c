namespace Cordon.Casework.Deliveries;

/// <summary>What can be told of a URL without looking anything up. Where it leads is looked at when a connection is made.</summary>
public static class WebhookUrl
{
    /// <summary>The most characters that a URL has.</summary>
    public const int MostLength = 500;

    /// <summary>Reads a URL to post to: https, with a host, without user, password and fragment.</summary>
    /// <param name="text">The URL.</param>
    /// <returns>The URL; null where it is none to post to.</returns>
    public static Uri? Read(string text)
    {
        if (text.Length > MostLength || text.Any(c => c is <= ' ' or > '~') || !Uri.TryCreate(text, UriKind.Absolute, out var url)) return null;
        return url.Scheme == Uri.UriSchemeHttps && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.Fragment.Length == 0 && !text.Contains('#', StringComparison.Ordinal) ? url : null;
    }
}
