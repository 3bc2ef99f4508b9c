namespace Cordon.Engine.Rules.Cel;

/// <summary>Finds names.</summary>
internal static class CelNames
{
    /// <summary>What a name can mean in a container, in the order it is looked up: <c>a.b.x</c>, <c>a.x</c>, <c>x</c>.</summary>
    public static IEnumerable<string> Candidates(string container, string name)
    {
        if (name.StartsWith('.'))
        {
            yield return name[1..];
            yield break;
        }
        for (var scope = container; scope.Length > 0; scope = scope.LastIndexOf('.') is var dot and >= 0 ? scope[..dot] : "")
            yield return $"{scope}.{name}";
        yield return name;
    }

    /// <summary>The known name nearest to a misspelt one, at most a third of its letters away; the first in order where several are.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var limit = Math.Max(1, name.Length / 3);
        string? best = null;
        foreach (var candidate in known.Order(StringComparer.Ordinal))
        {
            if (candidate == name || Math.Abs(candidate.Length - name.Length) > limit) continue;
            var distance = Distance(name, candidate);
            if (distance > limit) continue;
            best = candidate;
            if (distance == 0) break;
            limit = distance - 1;
        }
        return best;
    }

    // Letters added, left out, changed or swapped with their neighbour.
    private static int Distance(string a, string b)
    {
        var rows = new int[3][];
        for (var i = 0; i < 3; i++) rows[i] = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) rows[0][j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var (row, above, twoAbove) = (rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3]);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
            }
        }
        return rows[a.Length % 3][b.Length];
    }
}
