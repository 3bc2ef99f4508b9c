using System.Globalization;
using CsCheck;

namespace Cordon.Tests.Gateways;

/// <summary>Makes valid identity numbers by the slow obvious reading of GB 11643, and writes them as people do.</summary>
internal static class PlantedNumbers
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private static readonly string[] Provinces =
        ["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"];

    public static readonly Gen<string> Numbers =
        from province in Gen.OneOf(Provinces)
        from county in Gen.Int[0, 9999]
        from day in Gen.Int[0, 45_000]
        from sequence in Gen.Int[0, 999]
        select WithCheck(province + county.ToString("D4", CultureInfo.InvariantCulture)
            + new DateTime(1900, 1, 1).AddDays(day).ToString("yyyyMMdd", CultureInfo.InvariantCulture)
            + sequence.ToString("D3", CultureInfo.InvariantCulture));

    /// <summary>A number and one of the ways in which it is written.</summary>
    public static readonly Gen<string> Written =
        from number in Numbers
        from way in Gen.Int[0, 10]
        select way switch
        {
            0 => number,
            1 => number.ToLowerInvariant(),
            2 => $"{number[..6]} {number[6..14]} {number[14..]}",
            3 => $"{number[..6]}-{number[6..14]}-{number[14..]}",
            4 => string.Concat(number.Select(c => (char)(c == 'X' ? 'Ｘ' : c - '0' + '０'))),
            5 => string.Join(' ', number.AsEnumerable()),
            6 => $"{number[..3]} \u3000{number[3..6]}\n{number[6..10]}.{number[10..12]}.{number[12..14]} / {number[14..]}",
            7 => string.Concat(number.Select(c => c == 'X' ? "X" : "〇一二三四五六七八九"[c - '0'].ToString())),
            8 => string.Concat(number.Select(c => $"\\u{(int)c:x4}")),
            9 => $"13800138000{number}",
            _ => $"{number}{number}",
        };

    public static string WithCheck(string seventeen)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (seventeen[i] - '0') * Weights[i];
        return seventeen + "10X98765432"[sum % 11];
    }

    /// <summary>The digits of a text, however they are written, with everything else dropped.</summary>
    public static string DigitsOf(string text)
    {
        var plain = System.Text.RegularExpressions.Regex.Replace(text, @"\\u00(3[0-9]|58|78)", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
        return string.Concat(plain.Select(c => c is 'x' or 'Ｘ' ? 'X' : "〇一二三四五六七八九".IndexOf(c, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit)
            : char.IsDigit(c) ? (char)('0' + char.GetNumericValue(c)) : c == 'X' ? 'X' : '\0').Where(c => c != '\0'));
    }
}
