using System.Security.Cryptography;
using System.Text;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Casework.Rulebooks;

/// <summary>Makes the shipped rulebook the one that judges where a journal has none yet.</summary>
public static class FirstRulebook
{
    /// <summary>
    /// Activates the shipped rulebook where no rulebook was ever activated. A later version of the program that ships another
    /// changes nothing by itself: that is a release, and somebody answers for it.
    /// </summary>
    /// <param name="engine">The engine and its journal.</param>
    /// <param name="library">The rulebooks.</param>
    /// <param name="now">When it is decided.</param>
    /// <returns>Whether it was activated now.</returns>
    public static async Task<bool> ActivateAsync(JournaledEngine engine, RulebookLibrary library, Instant now)
    {
        if (engine.Read(e => e.Rulebook.Hash) != Rulebook.Empty.Hash) return false;
        // Kept before it is named: who reads the journal again must find it.
        library.Keep(library.Shipped);
        var hash = library.Shipped.Hash;
        // One command for one folder, however often a start is cut off before it was told.
        var command = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("first rulebook")).AsSpan(0, 16), bigEndian: true);
        await engine.SubmitAsync([new RulebookActivated(command, hash, now)]);
        return true;
    }
}
