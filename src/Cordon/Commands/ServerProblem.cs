using System.Text.Json;
using Cordon.Casework;
using Cordon.Casework.Answers;

namespace Cordon.Commands;

/// <summary>What a server's answer says is wrong.</summary>
internal static class ServerProblem
{
    private const int MostText = 500;

    /// <summary>The problem document of an answer; null where it has none.</summary>
    private static async Task<Problem?> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentType?.MediaType != Problem.MediaType) return null;
        try
        {
            return await response.Content.ReadFromJsonAsync<Problem>(CaseworkJson.Options, cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong, for a person.</summary>
    public static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (await ReadAsync(response, cancel) is { } problem) return $"{problem.Detail} {problem.NextStep}";
        var text = await response.Content.ReadAsStringAsync(cancel);
        return text.Length <= MostText ? text : text[..MostText] + "…";
    }
}
