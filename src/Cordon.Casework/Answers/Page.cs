using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Cordon.Casework.Answers;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="Next">The cursor of the next page; absent on the last. Opaque: send it back as <c>cursor</c> unchanged.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page is asked for, from the query: <c>limit</c> (1 to 200, else 50) and <c>cursor</c>.</summary>
public static class PageQuery
{
    /// <summary>How many items a page has where the caller does not say.</summary>
    public const int DefaultLimit = 50;

    /// <summary>How many it has at most.</summary>
    public const int MostLimit = 200;

    private const int MostCursor = 256;

    internal static readonly Refusal BadLimit = new("page/bad-limit", RefusalKind.Invalid,
        "The limit is a number from 1 to 200.", "Send limit from 1 to 200, or leave it out for 50.");

    /// <summary>The refusal of a cursor that no list gave.</summary>
    public static readonly Refusal BadCursor = new("page/bad-cursor", RefusalKind.Invalid,
        "The cursor is not one that this list gave.", "Send the value of next unchanged, or leave cursor out for the first page.");

    /// <summary>Reads limit and cursor; the refusal where either is wrong.</summary>
    public static Refusal? Read(int? limit, string? cursor, out int take, out string? place)
    {
        take = limit ?? DefaultLimit;
        place = null;
        if (take is < 1 or > MostLimit) return BadLimit;
        if (cursor is null) return null;
        if (cursor.Length > MostCursor) return BadCursor;
        try
        {
            place = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor));
            return null;
        }
        catch (FormatException)
        {
            return BadCursor;
        }
    }

    /// <summary>Makes a page of a query that asked for one item more than <paramref name="take"/>, so that it knows of a next one.</summary>
    /// <param name="rows">At most <paramref name="take"/> + 1 rows.</param>
    /// <param name="take">How many the page has.</param>
    /// <param name="place">The place of a row in the list's order, to go on behind it.</param>
    /// <param name="view">What the caller sees of a row.</param>
    public static Page<TView> Page<T, TView>(this IReadOnlyList<T> rows, int take, Func<T, string> place, Func<T, TView> view) =>
        new([.. rows.Take(take).Select(view)], rows.Count > take ? Cursor(place(rows[take - 1])) : null);

    /// <summary>Wraps a place in a list's order.</summary>
    public static string Cursor(string place) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(place));
}
