using System.Globalization;
using Cordon.Tests.Gateways;
using Microsoft.Data.Sqlite;

namespace Cordon.Tests.Faults;

/// <summary>A thousand valid numbers, handed out one by one, and the search for them in whatever a program leaves.</summary>
internal sealed class IdentityNumbers
{
    public const int Count = 1_000;
    private const int Length = 18;
    private readonly string[] numbers;
    private readonly HashSet<string> planted;
    private int given;

    public IdentityNumbers()
    {
        var random = new Random(11643);
        string[] regions = ["110101", "310104", "360426", "440113", "510107", "650102"];
        numbers = [.. Enumerable.Range(0, 2 * Count).Select(_ => PlantedNumbers.WithCheck(regions[random.Next(regions.Length)]
            // No year near the one of the signals: a number of that year could be a dated serial number.
            + new DateTime(1950, 1, 1).AddDays(random.Next(20_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture)
            + random.Next(1_000).ToString("D3", CultureInfo.InvariantCulture))).Distinct().Take(Count)];
        Assert.Equal(Count, numbers.Length);
        planted = [.. numbers];
    }

    /// <summary>How many were handed out.</summary>
    public int Given => given;

    public bool AllGiven => given == Count;

    /// <summary>The next number, plain.</summary>
    public string Next() => numbers[given++];

    /// <summary>A number as one of the people who type it would.</summary>
    public static string Typed(string number, int way) => (way % 5) switch
    {
        0 => number,
        1 => number.ToLowerInvariant(),
        2 => $"{number[..6]} {number[6..14]} {number[14..]}",
        3 => $"{number[..6]}-{number[6..14]}-{number[14..]}",
        _ => string.Concat(number.Select(c => c == 'X' ? 'Ｘ' : (char)(c - '0' + '０'))),
    };

    /// <summary>Numbers found in a text, however they are written and whatever stands between their digits.</summary>
    public HashSet<string> In(string text)
    {
        var digits = PlantedNumbers.DigitsOf(text);
        var lookup = planted.GetAlternateLookup<ReadOnlySpan<char>>();
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + Length <= digits.Length; i++)
            if (lookup.TryGetValue(digits.AsSpan(i, Length), out var number)) found.Add(number);
        return found;
    }

    /// <summary>Numbers found in the files of a folder, in their names and, for SQLite, in every column of every table.</summary>
    public HashSet<string> InFolder(string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var paths = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (var path in paths)
        {
            var name = Path.GetRelativePath(folder, path);
            found.UnionWith(In(name).Select(number => $"{number} in a file name"));
            found.UnionWith(In(File.ReadAllText(path)).Select(number => $"{number} in {name}"));
        }
        // Opening a database folds its log into it, so its files are read as they lie before.
        foreach (var path in paths.Where(p => p.EndsWith(".db", StringComparison.Ordinal))) found.UnionWith(InDatabase(path));
        return found;
    }

    private HashSet<string> InDatabase(string path)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var database = new SqliteConnection($"Data Source={path};Pooling=False");
        database.Open();
        var tables = Rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(row => (string)row[0]).ToList();
        Assert.True(tables.Count > 15, "the finder of tables finds too few to be trusted");
        foreach (var table in tables)
            foreach (var row in Rows(database, $"SELECT * FROM \"{table}\""))
                foreach (var value in row)
                    found.UnionWith(In(value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!).Select(number => $"{number} in {table}"));
        return found;
    }

    private static IEnumerable<object[]> Rows(SqliteConnection database, string query)
    {
        using var command = database.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }
}
